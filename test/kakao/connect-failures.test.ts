import { expect, test } from 'vitest'
import { findFreePort } from '../_support/free-port.ts'
import { clientAnswered, json, thrownBy } from './_support/fake-kakao.ts'

const GRANT = { code: 'c0de', redirectUri: 'http://localhost:8000/cb/' }

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
  'a code is sent after %s, since it was not sent before',
  async (code) => {
    const failures = [failedToFetch(code), failedToFetch(code)]
    const { client, sent } = clientAnswered(() => {
      const failure = failures.shift()
      return failure ? Promise.reject(failure) : json({ access_token: 'at-1' })
    })

    expect(await client.exchangeCode(GRANT)).toMatchObject({ accessToken: 'at-1' })
    expect(sent).toHaveLength(3)
  },
)

test('the third such failure is told, and that nothing was sent', async () => {
  const { client, sent } = clientAnswered(() => Promise.reject(failedToFetch('ECONNREFUSED')))

  const unsent = { reason: 'network', wasSent: false }
  expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject(unsent)
  expect(sent).toHaveLength(3)
})

test.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ETIMEDOUT', undefined])(
  'a code is not sent again after %s: it may have arrived',
  async (code) => {
    const { client, sent } = clientAnswered(() => Promise.reject(failedToFetch(code)))

    const unknown = { reason: 'network', wasSent: true }
    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject(unknown)
    expect(sent).toHaveLength(1)
  },
)

test.each([
  ['a host that refuses', async () => `http://127.0.0.1:${await findFreePort()}`],
  ['a name that DNS does not know', async () => 'http://kakao.invalid'],
])("%s is told from others by Node's own fetch", async (_title, findUrl) => {
  const kauthUrl = await findUrl()
  const { client } = clientAnswered(() => json({}), { fetch, kauthUrl, random: () => 0 })

  expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({ wasSent: false })
})

function failedToFetch(code: string | undefined): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
}
