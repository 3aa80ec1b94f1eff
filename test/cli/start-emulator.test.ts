import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serveEmulator } from '../../src/cli/serve-emulator.ts'
import { startEmulatorBeside } from '../../src/cli/start-emulator.ts'
import { type Config, EMULATOR_PORT, readConfig } from '../../src/config/index.ts'

/** Linux answers for all of 127.0.0.0/8; only there is the emulator's port sure to be free. */
const HOST = process.platform === 'linux' ? '127.8.0.2' : '127.0.0.1'
const URL_THERE = `http://${HOST}:${EMULATOR_PORT}`
const ADDRESS = { host: HOST, port: EMULATOR_PORT, setting: 'PORT', auto: true }

let config: Config
let closeOther: () => Promise<unknown>

beforeEach(() => {
  const read = readConfig({ HOST })
  config = { ...read, kakao: { ...read.kakao, kauthUrl: URL_THERE } }
  closeOther = async () => {}
})
afterEach(async () => {
  await closeOther()
})

/** Takes the emulator's port with something that answers so. */
async function answerThere(status: number, body: string): Promise<void> {
  const server = createServer((_request, response) => response.writeHead(status).end(body))
  await once(server.listen(EMULATOR_PORT, HOST), 'listening')
  closeOther = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

test('it is started where the server listens', async () => {
  const emulator = await startEmulatorBeside(config, { auto: true })
  closeOther = async () => await emulator?.close()

  const answer = await fetch(`${URL_THERE}/_emulator/`, { headers: { accept: 'application/json' } })
  expect(await answer.json()).toMatchObject({ emulator: 'kakao' })
})

test('one that runs there already is used', async () => {
  const other = await serveEmulator(ADDRESS)
  closeOther = async () => await other.close()

  expect(await startEmulatorBeside(config, { auto: true })).toBeUndefined()
})

describe('anything else there is a refusal to start, which says what to set', () => {
  test.each([
    ['another program', 200, 'It works!'],
    ['another program that speaks JSON', 200, '{"emulator": "google"}'],
    ['one that says nothing', 200, 'null'],
    ['one that fails', 500, ''],
  ])('%s', async (_title, status, body) => {
    await answerThere(status, body)

    await expect(startEmulatorBeside(config, { auto: true })).rejects.toMatchObject({
      name: 'ConfigError',
      message:
        'KAKAO_REST_API_KEY: is not set, and port 8001, where an emulator would stand in, is already in use',
    })
  })
})
