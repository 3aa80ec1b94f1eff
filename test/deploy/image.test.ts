import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { findFreePort } from '../_support/free-port.ts'
import { readFilledExample, readImageEnvironment, readText, toPath } from './_support/files.ts'

const DOCKERFILE = readText('Dockerfile')

test('what the image is built from is there, and is let through', () => {
  const sources = [...DOCKERFILE.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, list = '']) =>
    list.split(' '),
  )
  expect(sources.length).toBeGreaterThan(5)
  expect(sources.filter((source) => !existsSync(toPath(source)))).toEqual([])
  const admitted = readText('.dockerignore').split('\n')
  expect(sources.filter((source) => !admitted.includes(`!${source}`))).toEqual([])
})

test('given .env.example filled in, it is in production, and writes to its volume alone', () => {
  const config = readConfig({ ...readImageEnvironment(), ...readFilledExample() })
  const [, volume = ''] = /^VOLUME (\S+)$/m.exec(DOCKERFILE) ?? []
  const [, workdir = ''] = [...DOCKERFILE.matchAll(/^WORKDIR (\S+)$/gm)].at(-1) ?? []

  expect(config).toMatchObject({ production: true, host: '0.0.0.0' })
  expect(resolve(workdir, config.store.url.replace('sqlite:', ''))).toBe(`${volume}/daemun.db`)
})

test.each([
  [200, 0],
  [503, 1],
])('its health check takes %i for exit code %i', async (status, code) => {
  const port = await findFreePort()
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/healthz' ? status : 404).end()
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  expect(await checkHealth(port)).toBe(code)
  await new Promise((closed) => server.close(closed))
})

test('its health check takes silence for exit code 1', async () => {
  expect(await checkHealth(await findFreePort())).toBe(1)
})

/** Runs the command that the image's health check is. @returns Its exit code. */
async function checkHealth(port: number): Promise<unknown> {
  const [, command = '[]'] = /^HEALTHCHECK .*CMD (\[.*\])$/m.exec(DOCKERFILE) ?? []
  const [, ...args] = JSON.parse(command) as string[]
  const child = spawn(process.execPath, args, { env: { PORT: String(port) }, stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  return code
}
