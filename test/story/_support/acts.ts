import fc from 'fast-check'
import type { Browser } from '../../_support/browser.ts'
import { BADA, HANEUL, KAKAO, SOL } from '../../_support/world.ts'
import type { Service } from './service.ts'

/** Something that may happen to a service. */
export interface Act {
  readonly name: string
  readonly person: number
  /** Whether our server dies in the midst of it. */
  readonly isFatal: boolean
}

const PEOPLE = [HANEUL, BADA, SOL]

type Doing = (scene: Scene, browser: Browser, person: { id: string }) => Promise<unknown>

interface Scene {
  readonly service: Service
  readonly browsers: readonly Browser[]
}

const DOINGS: Readonly<Record<string, Doing>> = {
  login: async ({ service }, browser, person) => {
    const start = await browser.get('/oauth/kakao/login/')
    const url = start.headers.get('location') ?? ''
    await browser.get(await service.kakao.authorize(url, person))
  },
  'ask for more': async ({ service }, browser, person) => {
    const start = await browser.get('/oauth/kakao/consent/?scope=gender')
    if (start.status !== 302) return
    await browser.get(await service.kakao.authorize(start.headers.get('location') ?? '', person))
  },
  link: async ({ service, browsers }, browser) => {
    const start = await browser.get('/oauth/kakao/link/')
    if (start.status !== 302) return
    const other = otherOf(browsers.indexOf(browser))
    await browser.get(await service.kakao.authorize(start.headers.get('location') ?? '', other))
  },
  'revoke here': async (_scene, browser) => await browser.delete('/me/consents/account_email/'),
  logout: async (_scene, browser) => await browser.post('/logout/'),
  'logout everywhere': async (_scene, browser) =>
    await browser.post('/logout/', JSON.stringify({ everywhere: true, kakao: 'token' }), {
      'content-type': 'application/json',
    }),
  withdraw: async (_scene, browser) => await browser.delete('/me/'),
  'unlink at Kakao': async (scene, _browser, { id }) =>
    await control(scene, `people/${id}/unlink`, { app_id: 123456 }),
  'test webhook': async (scene, _browser, { id }) =>
    await control(scene, 'webhooks', { kind: 'unlink', person: id }),
  'sessions-revoked': async (scene, _browser, { id }) =>
    await control(scene, 'webhooks', {
      kind: 'account_status',
      person: id,
      event: 'sessions-revoked',
      variant: 'duplicate',
    }),
  work: async ({ service }) => await service.work(),
  wait: async ({ service }) => service.clock.advance(7 * 60_000),
}

async function control({ service }: Scene, path: string, body: object): Promise<void> {
  const request = new Request(`${KAKAO}/_emulator/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  await service.kakao.fetch(request)
}

/** An hour of a service's life. */
export const HOUR = fc.array(
  fc.record({
    name: fc.constantFrom(...Object.keys(DOINGS), 'login', 'login', 'work'),
    person: fc.nat({ max: PEOPLE.length - 1 }),
    isFatal: fc.boolean(),
  }),
  { minLength: 12, maxLength: 24 },
)

/**
 * Lets an hour pass, and all that follows from it.
 *
 * @returns Whom Kakao may have linked while our server died before it knew them.
 */
export async function live(service: Service, hour: readonly Act[]): Promise<Set<string>> {
  const halfWay = new Set<string>()
  const browsers = PEOPLE.map(() => service.browser())
  const scene = { service, browsers }
  for (const [index, { name, person, isFatal }] of hour.entries()) {
    const browser = browsers[person]
    const who = PEOPLE[person]
    const doing = DOINGS[name]
    if (browser === undefined || who === undefined || doing === undefined) continue
    service.clock.advance(1000)
    // Every fourth at most: a server that does nothing but die has no story.
    const act = async () => await doing(scene, browser, who)
    if (isFatal && index % 4 === 0) {
      await service.die(act)
      halfWay.add(name === 'link' ? otherOf(person).id : who.id)
    } else await act().catch(() => {})
  }
  await settle(service)
  return halfWay
}

/** Whose account one person ties to theirs. */
function otherOf(person: number): { id: string } {
  return PEOPLE[(person + 1) % PEOPLE.length] ?? HANEUL
}

/** As long as anything may still have to be tried again. */
async function settle(service: Service): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    await service.work()
    service.clock.advance(10 * 60_000)
  }
}
