import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getLocation, openBrowser } from './_support/browser.ts'
import { startDaemun } from './_support/daemun.ts'
import { HANEUL, SOL } from './_support/emulator.ts'
import { alterClaims, signByNobody, signWithClientSecret } from './_support/forge.ts'
import { startLogin } from './_support/login.ts'
import { type ServedMock, startMock } from './_support/mock-server.ts'
import { findFreeOrigin, type Served } from './_support/serve.ts'

const HOUR_SECONDS = 3600

describe('our server, with oauth2-mock-server as its Kakao', () => {
  let mock: ServedMock
  let daemun: Served
  beforeAll(async () => {
    mock = await startMock()
    daemun = await startDaemun(await findFreeOrigin(), mock.origin)
  })
  afterAll(async () => {
    await daemun.close()
    await mock.close()
  })

  /** The mock asks nobody anything; what is set there says who comes and what is wrong. */
  async function signIn(lies: Partial<Pick<ServedMock, 'claims' | 'kid' | 'forge'>>) {
    Object.assign(mock, { claims: {}, kid: undefined, forge: undefined, ...lies })
    const visitor = openBrowser(daemun.origin)
    const atKakao = await fetch(await startLogin(visitor), { redirect: 'manual' })
    const answer = await visitor.get(getLocation(atKakao))
    const session = await visitor.get('/session/')
    return { status: answer.status, session: session.status, body: await answer.json() }
  }

  for (const person of [HANEUL, SOL]) {
    test(`signs in the person with the id ${person.id}`, async () => {
      const answer = await signIn({ claims: toClaims(person) })

      expect(answer).toMatchObject({
        status: 200,
        session: 200,
        body: {
          social_id: `kakao_${person.id}`,
          user_email: person.email,
          user: { nickname: person.nickname },
        },
      })
    })
  }

  test.each([
    ['for another app', { aud: 'another-rest-api-key' }, 'id_token_invalid'],
    ['of another issuer', { iss: 'http://127.0.0.1:1' }, 'id_token_invalid'],
    ['that has expired', toAge(2 * HOUR_SECONDS), 'id_token_invalid'],
    ['about no id of Kakao', { sub: 'johndoe' }, 'id_token_invalid'],
    ['with the nonce of another login', { nonce: 'another' }, 'nonce_mismatch'],
  ])('refuses an ID token %s', async (_flaw, flaw, code) => {
    const answer = await signIn({ claims: { ...toClaims(HANEUL), ...flaw } })

    expect(answer).toMatchObject({ status: 400, session: 401, body: { code } })
  })

  test('refuses an ID token that names a key which is not published', async () => {
    const answer = await signIn({ claims: toClaims(HANEUL), kid: 'unpublished' })

    expect(answer).toMatchObject({ status: 400, session: 401, body: { code: 'id_token_invalid' } })
  })

  test.each([
    ['signed by nobody (alg none)', signByNobody],
    ['signed with our client secret (alg HS256)', signWithClientSecret],
    ['altered after it was signed', alterClaims],
  ])('refuses an ID token %s', async (_flaw, forge) => {
    const answer = await signIn({ claims: toClaims(HANEUL), forge })

    expect(answer).toMatchObject({ status: 400, session: 401, body: { code: 'id_token_invalid' } })
  })
})

function toClaims({ id, nickname, email }: typeof HANEUL) {
  return { sub: id, nickname, email }
}

/** Times of a token issued so many seconds ago, for an hour. */
function toAge(seconds: number) {
  const iat = Math.floor(Date.now() / 1000) - seconds
  return { iat, exp: iat + HOUR_SECONDS }
}
