import { createKakaoEmulator, type KakaoEmulator } from '../../../src/emulator/index.ts'
import { Browser } from '../../_support/browser.ts'
import { type Clock, createClock } from '../../_support/clock.ts'
import { createReceiver, type TestReceiver, tellTo } from '../../_support/receiver.ts'
import { APP, createWorld, KAKAO, type World } from '../../_support/world.ts'
import { demoSeed } from '../../emulator/_support/demo-app.ts'

/** A Kakao and a receiver that live on while our server dies and starts again. */
export interface Service {
  readonly clock: Clock
  readonly kakao: KakaoEmulator
  readonly receiver: TestReceiver
  /** A browser that asks whichever instance runs. */
  browser(): Browser
  /** Does the work behind the answers. */
  work(): Promise<void>
  /**
   * Kills our server in the midst of whatever it asks others next, and starts it again: no answer
   * ever reaches what was under way.
   *
   * @param under What it is at when it dies.
   */
  die(under: () => Promise<unknown>): Promise<void>
  close(): Promise<void>
}

const WEBHOOKS = {
  unlink: { url: `${APP}/webhooks/kakao/unlink/` },
  account_status: { url: `${APP}/webhooks/kakao/account-status/` },
}
/** Longer than whoever died is waited for. */
const UNTIL_NOTICED_MS = 10 * 60_000

export async function createService(databaseUrl: string): Promise<Service> {
  const clock = createClock()
  const receiver = createReceiver()
  const { environment, elsewhere } = tellTo(receiver)
  const instances: World[] = []
  // What a dead instance was waiting for never comes, until all is told and it is to be closed.
  const { promise: never, reject: giveUp } = Promise.withResolvers<never>()
  never.catch(() => {})
  let current: World | undefined
  const ask = async (request: Request) =>
    (await current?.daemun.fetch(request)) ?? new Response(null, { status: 503 })

  const kakao = createKakaoEmulator({
    now: clock.now,
    seed: demoSeed({
      openid_connect: true,
      webhooks: WEBHOOKS,
      consent_items: [
        { id: 'profile_nickname', level: 'required' },
        { id: 'account_email', level: 'optional' },
        { id: 'gender', level: 'optional' },
      ],
    }),
    switches: { token_limits: false },
    fetch: async (input, init) => await ask(new Request(input, init)),
  })

  async function open(): Promise<{ kill(): void }> {
    let isDead = false
    const world = await createWorld({
      clock,
      environment: { DATABASE_URL: databaseUrl, SECRET_KEY: 'a secret for tests', ...environment },
      intercept: async (request) => {
        if (isDead) return await never
        const answer = request.url.startsWith(KAKAO)
          ? await kakao.fetch(request)
          : await elsewhere(request)
        // The other side has done its part; the answer finds nobody.
        return isDead ? await never : answer
      },
    })
    instances.push(world)
    current = world
    return {
      kill() {
        isDead = true
      },
    }
  }
  let running = await open()

  return {
    clock,
    kakao,
    receiver,
    browser: () => new Browser(ask, APP),

    async work() {
      await kakao.settled()
      await current?.daemun.work()
    },

    async die(under) {
      // The next answer from outside is the one that is lost.
      const working = under().catch(() => {})
      await Promise.race([working, new Promise((resolve) => setImmediate(resolve))])
      running.kill()
      running = await open()
      clock.advance(UNTIL_NOTICED_MS)
    },

    async close() {
      giveUp(new Error('the server that asked is dead'))
      await Promise.all(instances.map((instance) => instance.close()))
    },
  }
}
