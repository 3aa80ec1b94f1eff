import { spawnSync } from 'node:child_process'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ConfigError, readConfig } from '../../src/config/index.ts'
import { hasCommand, readImageEnvironment, readText, toPath } from './_support/files.ts'

interface Service {
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly restart?: string
  readonly mem_limit?: string
  readonly pids_limit?: number
  readonly user?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly stop_grace_period?: string
}

const { services } = parse(readText('deploy/compose.yaml'), { merge: true }) as {
  services: Readonly<Record<string, Service>>
}
const EXAMPLE = parseEnv(readText('deploy/.env.example')) as Record<string, string>
const FILLED = {
  ...EXAMPLE,
  POSTGRES_PASSWORD: 'a4f09b1c',
  SECRET_KEY: 'vX3mQ9kTz7LwB2nRf8HyC4sJd6PgA1eU5oKi0ZtN',
  KAKAO_REST_API_KEY: '0123456789abcdef',
}

/** What an instance finds in its environment, once the example is filled in. */
function toEnvironment(filled: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(services['daemun-1']?.environment ?? {}).map(([name, value]) => [
    name,
    value.replaceAll(/\$\{(\w+)[^}]*\}/g, (_, of) => filled[of] ?? ''),
  ])
  return { ...readImageEnvironment(), ...filled, ...Object.fromEntries(own) }
}

describe.each(Object.entries(services))('%s', (_name, service) => {
  test('can write nowhere but where it says, gains no rights, and has an end to its needs', () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      restart: 'unless-stopped',
      mem_limit: expect.any(String),
      pids_limit: expect.any(Number),
    })
    // Longer than it takes to finish what is under way.
    expect(Number.parseInt(service.stop_grace_period ?? '', 10)).toBeGreaterThan(10)
  })
})

test('two instances are there, and nginx knows both', () => {
  const instances = Object.keys(services).filter((name) => name.startsWith('daemun-'))
  expect(instances).toHaveLength(2)
  const known = [...readText('deploy/nginx.conf').matchAll(/^ *server (\S+):8000 resolve /gm)]
  expect(known.map(([, name]) => name)).toEqual(instances)
})

test('the example, once filled in, starts in production behind one proxy', () => {
  const config = readConfig(toEnvironment(FILLED))
  expect(config).toMatchObject({
    production: true,
    host: '0.0.0.0',
    port: 8000,
    store: { url: 'postgres://daemun:a4f09b1c@postgres:5432/daemun' },
  })
})

test('the example as it is does not start, and says what to fill in', () => {
  const start = () => readConfig(toEnvironment(EXAMPLE))
  expect(start).toThrow(ConfigError)
  expect(start).toThrow(/KAKAO_REST_API_KEY[\s\S]*SECRET_KEY/)
})

const COMPOSE = 'docker-compose'
test.skipIf(!hasCommand(COMPOSE, ['version'], 'deploy/compose.yaml was not read by Compose'))(
  'Compose itself can read it (skipped where there is none)',
  () => {
    // It insists on the file that it hands on.
    const file = readText('deploy/compose.yaml').replaceAll('env_file: .env', '')
    const { status, stderr } = spawnSync(
      COMPOSE,
      ['--project-directory', toPath('deploy'), '-f', '-', 'config', '--quiet'],
      { input: file, encoding: 'utf8', env: { ...process.env, POSTGRES_PASSWORD: 'a4f09b1c' } },
    )
    expect([status, stderr]).toEqual([0, ''])
  },
)
