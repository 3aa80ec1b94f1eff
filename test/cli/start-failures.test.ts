import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runDaemunIn } from '../_support/command.ts'
import { findFreePort } from '../_support/free-port.ts'

/** So that no emulator is started beside it. */
const KEY = {
  KAKAO_REST_API_KEY: 'k',
  KAKAO_KAUTH_URL: 'http://localhost:9',
  KAKAO_KAPI_URL: 'http://localhost:9',
}

let folder: string
let port: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-start-'))
  port = String(await findFreePort())
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function takePort(host: string): Promise<Server> {
  const server = createServer().listen(Number(port), host)
  await once(server, 'listening')
  return server
}

/** What a refusal to start says. */
async function refusalOf(
  args: readonly string[],
  environment: Record<string, string> = KEY,
): Promise<string> {
  const result = await runDaemunIn({ folder, environment: { PORT: port, ...environment } }, ...args)
  expect(result.code).toBe(2)
  return result.stderr
}

const COMMANDS = [['serve'], ['keys', 'rotate']]

describe.each(COMMANDS)('daemun %s says in one line', (...args) => {
  test('that .env cannot be read', async () => {
    await mkdir(join(folder, '.env'))
    expect(await refusalOf(args)).toBe('.env: is there and cannot be read (EISDIR)\n')
  })

  test('that the secret cannot be read', async () => {
    await mkdir(join(folder, 'data', 'secret-key'), { recursive: true })
    // Without one, a command would have nothing to open.
    await writeFile(join(folder, 'data', 'daemun.db'), '')
    expect(await refusalOf(args)).toBe(
      'SECRET_KEY: is not set, and the file kept instead, data/secret-key, cannot be read (EISDIR)\n',
    )
  })

  test('each setting that is wrong, and never its value', async () => {
    await writeFile(join(folder, '.env'), 'LOG_LEVEL=loud\nSESSION_TTL=long\n')
    const lines = (await refusalOf(args)).split('\n')
    expect(lines).toEqual([
      expect.stringMatching(/^LOG_LEVEL: /),
      expect.stringMatching(/^SESSION_TTL: /),
      '',
    ])
    expect(lines.join()).not.toMatch(/loud|long/)
  })
})

describe('daemun serve', () => {
  test('ends where its port is taken', async () => {
    const other = await takePort('127.0.0.1')
    expect(await refusalOf(['serve'])).toBe('PORT: is already in use\n')
    other.close()
  })

  test('ends so too with an emulator beside it', async () => {
    // Only there is 8001 sure to be free.
    const HOST = process.platform === 'linux' ? '127.8.0.1' : '127.0.0.1'
    const other = await takePort(HOST)
    expect(await refusalOf(['serve'], { HOST })).toBe('PORT: is already in use\n')
    other.close()
  })

  test('names HOST where that is no address of this machine', async () => {
    expect(await refusalOf(['serve'], { ...KEY, HOST: '192.0.2.1' })).toBe(
      'HOST: is no address of this machine\n',
    )
  })

  test('keeps its settings to itself: they do not come from other folders', async () => {
    await writeFile(join(folder, '.env'), 'LOG_LEVEL=loud\n')
    const below = join(folder, 'below')
    await mkdir(below)
    const environment = { ...KEY, PORT: 'none' }
    const { stderr } = await runDaemunIn({ folder: below, environment }, 'serve')
    expect(stderr).toMatch(/^PORT: .*\n$/)
  })
})

describe('daemun emulator', () => {
  test('names --port where that is taken', async () => {
    const other = await takePort('127.0.0.1')
    expect(await refusalOf(['emulator', '--port', port], {})).toBe('--port: is already in use\n')
    other.close()
  })

  test('names HOST where that is no address of this machine, or none at all', async () => {
    const args = ['emulator', '--port', port]
    expect(await refusalOf(args, { HOST: '192.0.2.1' })).toBe(
      'HOST: is no address of this machine\n',
    )
    expect(await refusalOf(args, { HOST: 'a b' })).toMatch(/^HOST: must be an address.*\n$/)
  })

  test('says that .env cannot be read', async () => {
    await mkdir(join(folder, '.env'))
    expect(await refusalOf(['emulator'], {})).toBe('.env: is there and cannot be read (EISDIR)\n')
  })
})
