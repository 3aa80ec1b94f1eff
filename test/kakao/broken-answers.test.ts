import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createKakaoClient } from '../../src/kakao/index.ts'
import { thrownBy } from './_support/fake-kakao.ts'

/** A Kakao behind a socket. @returns Its origin. */
async function startKakao(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const HALF = '{"access_token":"at-'

/** Headers and the beginning of a body. */
function begin(answer: ServerResponse): void {
  answer.writeHead(200, { 'content-type': 'application/json' }).write(HALF)
}

function goOn(answer: ServerResponse): void {
  while (answer.write(' '.repeat(64 * 1024)));
}

test.each<[string, (answer: ServerResponse) => void, object]>([
  ['never ends', begin, { reason: 'timeout' }],
  [
    'is reset in the middle',
    (answer) => {
      begin(answer)
      setImmediate(() => answer.socket?.resetAndDestroy())
    },
    { reason: 'network' },
  ],
  [
    'ends before its length',
    (answer) => {
      answer.writeHead(200, { 'content-length': '100' }).write(HALF)
      setImmediate(() => answer.socket?.end())
    },
    { reason: 'network', status: 200 },
  ],
  [
    'leads elsewhere and never ends',
    (answer) => void answer.writeHead(307, { location: 'http://a.test/' }).write(HALF),
    { reason: 'redirect', status: 307 },
  ],
  [
    'never stops',
    (answer) => {
      begin(answer)
      goOn(answer)
      answer.on('drain', () => goOn(answer))
    },
    { reason: 'too_large', status: 200 },
  ],
])('an answer that %s leaves neither a place nor a connection taken', async (_what, play, told) => {
  const left: Promise<unknown>[] = []
  const url = await startKakao((_request, answer) => {
    left.push(new Promise((resolve) => answer.once('close', () => resolve(undefined))))
    play(answer)
  })
  const options = { restApiKey: 'rest-key', kauthUrl: url, maxCalls: 1, timeoutMs: 300 }
  const client = createKakaoClient(options)
  const exchange = () => client.exchangeCode({ code: 'c0de', redirectUri: 'http://a.test/' })

  for (let n = 0; n < 4; n += 1) expect(await thrownBy(exchange())).toMatchObject(told)
  expect(client.breakers.kauth).toBe('closed')
  expect(await thrownBy(exchange())).toMatchObject(told)

  expect(client.breakers.kauth).toBe('open')
  expect(left).toHaveLength(5)
  await Promise.all(left)
})
