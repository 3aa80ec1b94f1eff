import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runDaemunIn } from '../_support/command.ts'
import { findFreePort } from '../_support/free-port.ts'
import { type StartedEmulator, startEmulator } from './_support/started-emulator.ts'

let folder: string
let emulator: StartedEmulator | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-emulator-'))
})
afterEach(async () => {
  await emulator?.stop()
  emulator = undefined
  await rm(folder, { recursive: true })
})

describe('a seed file', () => {
  const yaml = 'people:\n  - { id: 7000000001, nickname: 한가람 }\n'
  const json = '{"people": [{"id": 7000000001, "nickname": "한가람"}]}'

  test.each([
    ['YAML', Buffer.from(yaml)],
    ['JSON', Buffer.from(json)],
    ['JSON with a byte order mark', Buffer.from(`\uFEFF${json}`)],
    ['YAML in UTF-16', Buffer.from(`\uFEFF${yaml}`, 'utf16le')],
  ])('may be %s', async (_title, bytes) => {
    await writeFile(join(folder, 'seed'), bytes)
    const port = await findFreePort()
    emulator = await startEmulator({ folder, args: ['--port', `${port}`, '--seed', 'seed'] })

    expect(emulator.banner).toContain(`http://localhost:${port}/_emulator/`)
    const answer = await fetch(`http://localhost:${port}/_emulator/people`)
    expect(await answer.json()).toMatchObject({
      people: [{ id: '7000000001', nickname: '한가람' }],
    })
  })

  test.each([
    [
      'is neither UTF-8 nor UTF-16',
      Buffer.from('people: [\xb1\xe8]\n', 'latin1'),
      '--seed: seed is not UTF-8 text',
    ],
    ['has unknown fields', Buffer.from('{"folk": []}'), '--seed: '],
  ])('that %s is refused', async (_title, bytes, message) => {
    await writeFile(join(folder, 'seed'), bytes)
    const refused = await runDaemunIn({ folder, environment: {} }, 'emulator', '--seed', 'seed')

    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain(message)
  })

  test('that is not there is refused', async () => {
    const refused = await runDaemunIn({ folder, environment: {} }, 'emulator', '--seed', 'none')
    expect(refused).toEqual({
      code: 2,
      stdout: '',
      stderr: '--seed: none cannot be read (ENOENT)\n',
    })
  })
})

describe('says where browsers of this machine find it', () => {
  test.each([
    ['0.0.0.0', 'localhost'],
    ['127.0.0.1', 'localhost'],
    ['localhost', 'localhost'],
  ])('HOST=%s: %s', async (HOST, name) => {
    const port = await findFreePort()
    emulator = await startEmulator({ folder, args: ['--port', `${port}`], environment: { HOST } })
    expect(emulator.banner).toContain(`http://${name}:${port}/_emulator/`)
    expect((await fetch(`http://${name}:${port}/_emulator/`)).status).toBe(200)
  })
})
