import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConfigError, loadConfig, loadEmulatorConfig } from '../../src/config/index.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-config-'))
  file = join(folder, '.env')
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** The lines of a refusal. */
async function problemsOf(environment: Record<string, string> = {}): Promise<string[]> {
  const refusal = await loadConfig(file, environment).catch((error: unknown) => error)
  return refusal instanceof ConfigError ? refusal.message.split('\n') : []
}

test('the environment beats the file', async () => {
  await writeFile(file, 'PORT=9000\nLOG_LEVEL=debug\n')
  expect(await loadConfig(file, { PORT: '7000' })).toMatchObject({ port: 7000, logLevel: 'debug' })
})

test('a missing file is no file', async () => {
  expect(await loadConfig(file, { PORT: '7000' })).toMatchObject({ port: 7000 })
})

describe('empty means unset', () => {
  test('in the environment it beats nothing', async () => {
    await writeFile(file, 'PORT=9000\n')
    expect(await loadConfig(file, { PORT: '' })).toMatchObject({ port: 9000 })
    expect(await loadConfig(file, { PORT: ' ' })).toMatchObject({ port: 9000 })
  })

  test.each(['HOST=\n', 'HOST=""\n', 'HOST=   \nPORT=9000\n'])(
    'in the file too: %j keeps a server and an emulator to this machine',
    async (text) => {
      await writeFile(file, text)
      expect(await loadConfig(file, {})).toMatchObject({ host: '127.0.0.1' })
      expect(await loadEmulatorConfig(file, {})).toEqual({ host: '127.0.0.1' })
    },
  )

  test('a value written earlier in the file stays', async () => {
    await writeFile(file, 'KAKAO_REST_API_KEY=mine\nKAKAO_REST_API_KEY=\n')
    expect(await loadConfig(file, {})).toMatchObject({ kakao: { restApiKey: 'mine' } })
  })
})

test('an emulator alone listens where HOST says, and is refused where that is no host', async () => {
  await writeFile(file, 'HOST=0.0.0.0\n')
  expect(await loadEmulatorConfig(file, {})).toEqual({ host: '0.0.0.0' })
  await expect(loadEmulatorConfig(file, { HOST: '0.0.0.0:8001' })).rejects.toThrow(/^HOST: /)
})

describe('how the file is written down', () => {
  const text = '# 설정\r\nPORT=9000\r\nLOG_LEVEL=debug\r\n'

  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFFPORT=9000\nLOG_LEVEL=debug\n`)],
    ['UTF-8 with the line ends of Windows', Buffer.from(text)],
    ['UTF-8 with old line ends', Buffer.from(text.replaceAll('\r\n', '\r'))],
    ['UTF-16, little endian', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big endian', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('%s is read', async (_title, bytes) => {
    await writeFile(file, bytes)
    expect(await loadConfig(file, {})).toMatchObject({ port: 9000, logLevel: 'debug' })
  })

  test.each([
    ['UTF-16 without its mark', Buffer.from('PORT=9000\n', 'utf16le')],
    ['what is no UTF-8', Buffer.from('# \xbc\xb3\xc1\xa4\nPORT=9000\n', 'latin1')],
  ])('%s is refused', async (_title, bytes) => {
    await writeFile(file, bytes)
    expect(await problemsOf()).toEqual([`${file}: is not UTF-8 text`])
  })

  test('a folder of that name is refused', async () => {
    await mkdir(file)
    expect(await problemsOf()).toEqual([`${file}: is there and cannot be read (EISDIR)`])
  })
})

describe('a variable that is not written well', () => {
  test('is told with all other problems, and its value never', async () => {
    await writeFile(file, 'SECRET_KEY=abc#def\nPORT: 9000\nLOG_LEVEL=loud\n')
    const lines = await problemsOf()

    expect(lines.map((line) => line.slice(0, line.indexOf(':'))).sort()).toEqual([
      'LOG_LEVEL',
      'PORT',
      'PORT',
      'SECRET_KEY',
    ])
    expect(lines.join()).not.toMatch(/abc|def|9000|loud/)
  })

  test('does not matter where the environment says otherwise, or where nobody reads it', async () => {
    await writeFile(file, 'SECRET_KEY=abc#def\nOF_ANOTHER=a#b\nif true; then\n')
    expect(await problemsOf({ SECRET_KEY: 'abcdef' })).toEqual([])
  })
})
