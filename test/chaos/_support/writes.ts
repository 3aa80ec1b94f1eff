import type { Browser } from '../../_support/browser.ts'
import { type Json, readJson } from '../../_support/login.ts'
import { APP_CALLBACK, CODE_GRANT, CODE_START } from '../../_support/one-time-code.ts'
import { ACCOUNT_STATUS, UNLINK } from '../../webhooks/_support/hooked-world.ts'
import {
  beginRelay,
  copy,
  endRelay,
  goToKakao,
  makeEventToken,
  open,
  type Person,
  type Place,
  postForm,
  relay,
  signIn,
} from './person.ts'

/** Something that somebody asks for and that has to be stored. */
export interface Write {
  readonly name: string
  readonly ask: () => Promise<Response>
  /** @returns What there is to see of it. */
  readonly look: () => Promise<unknown>
  /** What there is to see until it has happened, and then. */
  readonly before: unknown
  readonly after: unknown
}

/** What the service has to be told beside what any is. */
export const WRITES_ENVIRONMENT = {
  APP_CALLBACK_URLS: APP_CALLBACK,
  // Longer than any trouble.
  LOGIN_CODE_TTL: '10m',
}

type Prepared = Omit<Write, 'name'>

/** Has somebody come as far as the last request of a thing, which is what has to be stored. */
const PREPARATIONS = {
  'a sign-up begun before': async (person: Person) => await comeBack(person),

  async 'a login begun before'(person: Person) {
    await signIn(person)
    return await comeBack(person)
  },

  async 'a relay begun before'(person: Person) {
    const begun = await beginRelay(person)
    return getTokens(person, () => endRelay(person, begun), 401)
  },

  async 'a one-time code'(person: Person) {
    const browser = open(person)
    const answer = await browser.get(await goToKakao(person, browser, CODE_START))
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
    return getTokens(person, () => postForm(person, '/oauth/token/', { ...CODE_GRANT, code }), 401)
  },

  async 'a refresh'(person: Person) {
    const tokens = await relay(person)
    const grant = { grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token) }
    return getTokens(person, () => postForm(person, '/oauth/token/', grant), 200, tokens)
  },

  async 'a revocation'(person: Person) {
    const { access_token, refresh_token } = await relay(person)
    const ask = () => postForm(person, '/oauth/revoke/', { token: String(refresh_token) })
    return { ask, look: () => lookWith(person, access_token), before: 200, after: 401 }
  },

  async 'a log-out'(person: Person) {
    const browser = await signIn(person)
    return endSessions([browser, copy(person, browser)], () => browser.post('/logout/'))
  },

  async 'a log-out everywhere'(person: Person) {
    const [browser, other] = [await signIn(person), await signIn(person)]
    const everywhere = new URLSearchParams({ everywhere: 'true' })
    const ask = () => browser.post('/logout/', everywhere)
    return endSessions([browser, copy(person, browser), other], ask)
  },

  async 'the end of another session'(person: Person) {
    const [browser, other] = [await signIn(person), await signIn(person)]
    const { session } = await readJson(await other.get('/session/'))
    const { id } = session as { id: string }
    return endSessions([other], () => browser.delete(`/me/sessions/${id}/`))
  },

  async 'a withdrawal'(person: Person) {
    const [browser, other] = [await signIn(person), await signIn(person)]
    return endSessions([browser, copy(person, browser), other], () => browser.delete('/me/'))
  },

  async 'the end of a consent'(person: Person) {
    const browser = await signIn(person)
    const ask = () => browser.delete('/me/consents/profile_image/')
    return { ask, look: () => readConsent(browser, 'profile_image'), before: true, after: false }
  },

  async 'an unlink webhook'(person: Person) {
    const browser = await signIn(person)
    const query = new URLSearchParams({ app_id: '123456', user_id: person.id })
    const headers = { authorization: 'KakaoAK demo-admin-key' }
    return endSessions([browser], () => open(person).get(`${UNLINK}?${query}`, headers))
  },

  async 'an account-status webhook'(person: Person) {
    const browser = await signIn(person)
    const token = await makeEventToken(person, 'sessions-revoked')
    return endSessions([browser], () => open(person).post(ACCOUNT_STATUS, token))
  },
} satisfies Readonly<Record<string, (person: Person) => Promise<Prepared>>>

/** What somebody can be at; see {@link prepareWrite}. */
export type WriteName = keyof typeof PREPARATIONS

/** How many people {@link prepareWrites} needs. */
export const WRITERS = Object.keys(PREPARATIONS).length

/** @param ids Of people at Kakao with whom nobody else comes, one for each write. */
export async function prepareWrites(place: Place, ids: readonly string[]): Promise<Write[]> {
  const names = Object.keys(PREPARATIONS) as WriteName[]
  return await Promise.all(
    names.map((name, index) => prepareWrite(name, { place, id: ids[index] ?? '' })),
  )
}

export async function prepareWrite(name: WriteName, person: Person): Promise<Write> {
  return { name, ...(await PREPARATIONS[name](person)) }
}

/** A login of which Kakao's part is over. */
async function comeBack(person: Person): Promise<Prepared> {
  const browser = open(person)
  const callback = await goToKakao(person, browser)
  const look = async () => (await browser.get('/session/')).status
  return { ask: () => browser.get(callback), look, before: 401, after: 200 }
}

/** @param tokens Those that there are already. What is seen is what the last ones are good for. */
function getTokens(
  person: Person,
  send: () => Promise<Response>,
  before: number,
  tokens?: Json,
): Prepared {
  let last = tokens
  return {
    async ask() {
      const answer = await send()
      if (answer.ok) last = await readJson(answer.clone())
      return answer
    },
    look: () => lookWith(person, last?.access_token),
    before,
    after: 200,
  }
}

function endSessions(browsers: readonly Browser[], ask: Prepared['ask']): Prepared {
  const look = async () =>
    await Promise.all(browsers.map(async (browser) => (await browser.get('/session/')).status))
  return { ask, look, before: browsers.map(() => 200), after: browsers.map(() => 401) }
}

async function lookWith(person: Person, accessToken: unknown): Promise<number> {
  const headers = { authorization: `Bearer ${accessToken}` }
  return (await open(person).get('/session/', headers)).status
}

async function readConsent(browser: Browser, item: string): Promise<unknown> {
  const { consents } = await readJson(await browser.get('/me/consents/'))
  return (consents as readonly Json[]).find(({ id }) => id === item)?.agreed
}
