import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Browser } from '../_support/browser.ts'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao } from '../_support/login.ts'
import { APP, HANEUL, type World } from '../_support/world.ts'
import {
  type ConsentScene,
  createConsentScene,
  findLink,
  readAuditLog,
  readConsents,
  readProfile,
  signUp,
} from './_support/consent-world.ts'

const EMAIL = '/me/consents/account_email/'
const MINUTE_MS = 60_000

describe.each(ENGINES)('two instances on one $name', (engine) => {
  let scene: ConsentScene
  let one: World
  let other: World
  let revoke: (request: Request, send: typeof fetch) => Promise<Response>

  beforeEach(async () => {
    revoke = async (request, send) => await send(request)
    scene = await createConsentScene(engine, {
      intercept: async (request, send) =>
        request.url.endsWith('/v2/user/revoke/scopes')
          ? await revoke(request, send)
          : await send(request),
    })
    one = scene.world
    // Both ask the same Kakao.
    other = await scene.open({ intercept: async (request) => await one.kakao.fetch(request) })
  })
  afterEach(() => scene.close())

  /** The same browser, led to the other instance. */
  const atOther = ({ cookies }: Browser) => new Browser(other.daemun.fetch, APP, new Map(cookies))

  test('first logins at once write the ledger once', async () => {
    const browsers = [one.browser(), one.browser(), one.browser(), one.browser()]
    const callbacks = await Promise.all(browsers.map((browser) => goToKakao(one, browser, HANEUL)))
    const answers = await Promise.all(
      browsers.map((browser, index) => {
        const reached = index % 2 === 0 ? browser : atOther(browser)
        return reached.get(callbacks[index] ?? '')
      }),
    )
    await Promise.all([one.daemun.work(), other.daemun.work()])

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const changes = await scene.store.db.selectFrom('consent_changes').selectAll().execute()
    const keys = changes.map(({ kind, id }) => `${kind} ${id}`)
    expect(new Set(keys).size).toBe(keys.length)
    const lines = await readAuditLog(scene)
    expect(lines.filter((line) => line.startsWith('user.created'))).toHaveLength(1)
  })

  test('what one dies at, with the consent revoked at Kakao, the other brings to its end', async () => {
    const browser = await signUp(one, HANEUL)
    const dying = Promise.withResolvers<never>()
    revoke = async (request, send) => {
      await send(request)
      return await dying.promise
    }
    const unanswered = browser.delete(EMAIL)
    await expect
      .poll(async () => (await findLink(one, HANEUL.id))?.scopes)
      .not.toContain('account_email')

    one.clock.advance(2 * MINUTE_MS)
    await other.daemun.work()

    const elsewhere = atOther(browser)
    expect((await readConsents(elsewhere)).account_email).toMatchObject({
      agreed: false,
      path: 'sync',
    })
    expect((await readProfile(elsewhere)).email).toMatchObject({ value: null, state: 'not_agreed' })
    // Else the close would wait for it as long as for any Kakao that hangs.
    dying.reject(new TypeError('fetch failed'))
    await unanswered
  })

  test('one consent taken back on both at once is taken back once', async () => {
    const browser = await signUp(one, HANEUL)
    one.clock.advance(MINUTE_MS)

    const answers = await Promise.all([browser.delete(EMAIL), atOther(browser).delete(EMAIL)])

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await readConsents(browser)).account_email?.history).toHaveLength(2)
  })
})
