import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createKakaoClient } from '../../src/kakao/index.ts'
import { thrownBy } from './_support/fake-kakao.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A server of its own that sends everybody to one address; and the requests it got. */
async function startServer(location?: string) {
  const received: IncomingMessage[] = []
  const server = createServer((request, response) => {
    received.push(request)
    response.writeHead(location === undefined ? 200 : 307, { location: location ?? '' })
    response.end('{"id":7}')
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

test('where a redirect leads gets no request, let alone a token, a key or a code', async () => {
  const elsewhere = await startServer()
  const kakao = await startServer(`${elsewhere.url}/v2/user/me`)
  const client = createKakaoClient({
    restApiKey: 'rest-key',
    clientSecret: 'secret',
    kauthUrl: kakao.url,
    kapiUrl: kakao.url,
  })

  const calls = [
    client.asUser('at-1').getMe(),
    client.asAdmin('admin-1').user('7').unlink(),
    client.exchangeCode({ code: 'c0de', redirectUri: 'http://localhost/' }),
    client.keys.warm(),
  ]
  for (const error of await Promise.all(calls.map(thrownBy))) {
    expect(error).toMatchObject({ reason: 'redirect', status: 307 })
  }
  expect(kakao.received).toHaveLength(calls.length)
  expect(elsewhere.received).toEqual([])
})
