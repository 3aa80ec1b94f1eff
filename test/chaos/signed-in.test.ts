import { describe, expect, test } from 'vitest'
import { ENGINES, SQLITE } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { APP_CALLBACK, exchangeOneTimeCode, getOneTimeCode } from '../_support/one-time-code.ts'
import { loginByRelay, postForm, postJson } from '../_support/ways.ts'
import { HANEUL } from '../_support/world.ts'
import {
  type Chaos,
  expectUnhurt,
  type Failure,
  HANG,
  loadCallbacks,
  openChaos,
  returnFromKakao,
} from './_support/failing-kakao.ts'

const RESET: Failure = () => Promise.reject(new TypeError('fetch failed'))

const STATES: readonly (readonly [string, (chaos: Chaos) => Promise<void>])[] = [
  ['refuses connections', async (chaos) => chaos.fail(RESET)],
  // Whoever waited for Kakao here would wait for longer than this test may take.
  ['hangs', async (chaos) => chaos.fail(HANG)],
  ['is left alone', failUntilLeftAlone],
]

const READ = [
  ...['/', '/session/', '/auth/verify/', '/me/', '/me/sessions/', '/me/consents/', '/me/terms/'],
  ...['/me/identities/', '/me/withdraw/', '/.well-known/jwks.json', '/healthz', '/readyz'],
]
const SENT_TO_KAKAO = [
  '/oauth/kakao/login/?next=/',
  '/oauth/kakao/consent/?scope=account_email&next=/',
  '/oauth/kakao/link/?next=/',
]

describe.each(ENGINES)('whoever is signed in on $name notices nothing while Kakao', (engine) => {
  test.each(STATES)('%s', async (_title, begin) => {
    const environment = { KAKAO_APP_ID: '123456', APP_CALLBACK_URLS: APP_CALLBACK }
    const chaos = await openChaos(engine, { environment })
    const { world, member } = chaos
    const [other, third] = [world.browser(), world.browser()]
    await login(world, other, HANEUL)
    await login(world, third, HANEUL)
    const spare = await loginByRelay(world)
    const code = await getOneTimeCode(world)
    await begin(chaos)

    expect(await statusesOf(READ.map((path) => member.browser.get(path)))).toEqual(
      Array(READ.length).fill(200),
    )
    expect(await statusesOf(SENT_TO_KAKAO.map((path) => member.browser.get(path)))).toEqual(
      Array(SENT_TO_KAKAO.length).fill(302),
    )
    await expectUnhurt(chaos)
    expect((await exchangeOneTimeCode(world, { code })).status).toBe(200)

    const revoked = await postForm(world, '/oauth/revoke/', { token: spare.refresh_token })
    const ended = await member.browser.delete(`/me/sessions/${await sessionIdOf(other)}/`)
    const loggedOut = await third.post('/logout/')
    expect([revoked.status, ended.ok, loggedOut.ok]).toEqual([200, true, true])
    expect(await statusesOf([other, third].map((gone) => gone.get('/session/')))).toEqual([
      401, 401,
    ])

    expect((await member.browser.delete('/me/')).status).toBe(200)
    expect((await member.browser.get('/session/')).status).toBe(401)
    chaos.mend()
    await world.close()
  })
})

test('who left while Kakao is left alone is unlinked as soon as it is back, whoever else waits', async () => {
  const environment = { KAKAO_APP_ID: '123456' }
  const chaos = await openChaos(SQLITE, { environment })
  const { world, member } = chaos
  await failUntilLeftAlone(chaos)
  await member.browser.delete('/me/')
  chaos.takeCalls()

  await world.daemun.work()
  world.clock.advance(1000)
  chaos.mend()
  await world.daemun.work()

  expect(chaos.takeCalls()).toEqual(['/v1/user/unlink', '/v1/user/unlink'])
  expect(await breakersOf(chaos)).toEqual({ kauth: 'open', kapi: 'open' })
  await world.close()
})

/** Logs in in vain, on the web and by an app's access token, until neither host is called. */
async function failUntilLeftAlone(chaos: Chaos): Promise<void> {
  const { world } = chaos
  const returned = await returnFromKakao(world, 5)
  chaos.fail(RESET)
  await loadCallbacks(returned)
  for (let n = 0; n < 5; n += 1) {
    await postJson(world, '/oauth/kakao/login/native/', { access_token: 'a-token' })
  }
  expect(await breakersOf(chaos)).toEqual({ kauth: 'open', kapi: 'open' })
}

async function breakersOf({ world }: Chaos): Promise<unknown> {
  return (await readJson(await world.browser().get('/readyz'))).kakao
}

async function sessionIdOf(browser: Chaos['member']['browser']): Promise<string> {
  const { session } = await readJson(await browser.get('/session/'))
  return (session as { id: string }).id
}

async function statusesOf(answers: readonly Promise<Response>[]): Promise<number[]> {
  return (await Promise.all(answers)).map(({ status }) => status)
}
