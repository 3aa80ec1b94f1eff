import { type Ask, Browser } from '../../_support/browser.ts'
import { type Json, readJson } from '../../_support/login.ts'
import { CALLBACK } from '../../_support/ways.ts'
import { type AskingDeps, askFor } from './asking.ts'
import type { HeldSession } from './ledger.ts'

const LOGIN = '/oauth/kakao/login/'
const MOST_SESSIONS = 5

/** A service that is being used, with its Kakao: a world of one process, or processes. */
export interface Service {
  /** As browsers see it. */
  readonly origin: string
  readonly ask: Ask
  /** A person goes through Kakao. @returns The way back. */
  authorize(url: string, person: { readonly id: string }): Promise<URL>
}

export interface VisitorDeps extends AskingDeps {
  readonly service: Service
  readonly random: () => number
  /** Kakao ids that nobody else comes with. Each withdraws at most once, and does not come back. */
  readonly people: string[]
}

/** @returns Whether it was answered. */
type Act = () => Promise<boolean>

/** Somebody who signs in, looks around, refreshes, signs out and leaves: one thing at a time. */
export class Visitor {
  readonly #deps: VisitorDeps
  readonly #held = new Set<HeldSession>()
  /** What was not answered, and may or may not have happened: it is asked again until it is. */
  #again: Act | undefined

  constructor(deps: VisitorDeps) {
    this.#deps = deps
  }

  get isUnsure(): boolean {
    return this.#again !== undefined
  }

  /** Does one thing, as chance will have it; first what is unsure. */
  async act(): Promise<void> {
    const act = this.#again ?? this.#choose()
    this.#again = (await act()) ? undefined : this.#again
  }

  #choose(): Act {
    const chance = this.#deps.random()
    const session = this.#pick()
    if (session === undefined || (chance < 0.3 && this.#held.size < MOST_SESSIONS)) {
      return () => (this.#deps.random() < 0.5 ? this.#signIn() : this.#relay())
    }
    if (chance < 0.55) return () => this.#look(session)
    const { tokens } = session
    if (chance < 0.75 && tokens) return () => this.#refresh(session, tokens)
    if (chance < 0.94 || this.#deps.people.length < 2) return () => this.#end(session)
    return () => this.#withdraw(session)
  }

  #pick(): HeldSession | undefined {
    return [...this.#held][Math.floor(this.#deps.random() * this.#held.size)]
  }

  async #signIn(): Promise<boolean> {
    const browser = this.#newBrowser()
    const start = await this.#ask(
      'a login',
      () => browser.get(LOGIN),
      (status) => status === 302,
    )
    if (start === undefined) return true
    const back = await this.#goToKakao(start.headers.get('location'))
    const answer = await this.#ask('a callback', () => browser.get(back))
    // Somebody whose login failed begins anew.
    if (answer !== undefined) this.#keep(browser, await readJson(answer))
    return true
  }

  async #relay(): Promise<boolean> {
    const browser = this.#newBrowser()
    const start = await this.#ask('a relay', () => postJson(browser, LOGIN, {}))
    if (start === undefined) return true
    const { authorize_url, attempt } = await readJson(start)
    const back = Object.fromEntries((await this.#goToKakao(authorize_url)).searchParams)
    const answer = await this.#ask('the end of a relay', () =>
      postJson(browser, CALLBACK, { ...back, attempt }),
    )
    if (answer === undefined) return true
    const body = await readJson(answer)
    this.#keep(browser, body, toTokens(body))
    return true
  }

  async #look(session: HeldSession): Promise<boolean> {
    const answer = await this.#ask('a look at a live session', () => lookAt(session))
    if (answer === undefined) return true
    const { user } = (await answer.json()) as { user: { id: string } }
    if (user.id !== session.userId) this.#deps.ledger.wrong.push(`${session.userId} is ${user.id}`)
    return true
  }

  /** The answer may get lost: then the same refresh token brings it again. */
  async #refresh(session: HeldSession, tokens: { refresh: string }): Promise<boolean> {
    this.#again = () => this.#refresh(session, tokens)
    const answer = await this.#ask('a refresh', () => refresh(session, tokens.refresh))
    if (answer === undefined) return false
    session.tokens = toTokens(await readJson(answer))
    this.#deps.ledger.acknowledged += 1
    return true
  }

  async #end(session: HeldSession): Promise<boolean> {
    this.#again = () => this.#end(session)
    this.#deps.ledger.live.delete(session)
    this.#held.delete(session)
    const title = session.tokens ? 'a revocation' : 'a log-out'
    if ((await this.#ask(title, () => endSession(session))) === undefined) return false
    this.#deps.ledger.endSession(session)
    return true
  }

  async #withdraw(session: HeldSession, isRepeat = false): Promise<boolean> {
    const { ledger, people } = this.#deps
    this.#again = () => this.#withdraw(session, true)
    for (const other of this.#held) {
      if (other.userId !== session.userId) continue
      this.#held.delete(other)
    }
    // Asked a second time, by us or by a proxy, it finds that nobody is signed in.
    const isGood = (status: number, hadTrouble: boolean) =>
      status === 200 || (status === 401 && (isRepeat || hadTrouble))
    const answer = await this.#ask('a withdrawal', () => withdraw(session), isGood)
    if (answer === undefined) return false
    ledger.depart(session)
    people.shift()
    return true
  }

  async #ask(
    title: string,
    send: () => Promise<Response>,
    isGood?: (status: number, hadTrouble: boolean) => boolean,
  ): Promise<Response | undefined> {
    return await askFor(this.#deps, title, send, isGood)
  }

  async #goToKakao(url: unknown): Promise<URL> {
    return await this.#deps.service.authorize(String(url), { id: this.#personId() })
  }

  #keep({ cookies }: Browser, body: Json, tokens?: HeldSession['tokens']): void {
    const { id: userId } = body.user as { id: string }
    const then = new Map(cookies)
    const open = () => this.#newBrowser(new Map(then))
    const session = { personId: this.#personId(), userId, open, ...(tokens && { tokens }) }
    this.#held.add(session)
    this.#deps.ledger.addSession(session, { isNewUser: body.is_new_user === true })
  }

  #personId(): string {
    return this.#deps.people[0] ?? ''
  }

  #newBrowser(cookies?: Map<string, string>): Browser {
    const { ask, origin } = this.#deps.service
    return new Browser(ask, origin, cookies)
  }
}

/** Asks who is signed in. */
export async function lookAt({ open, tokens }: HeldSession): Promise<Response> {
  return await open().get('/session/', toHeaders(tokens))
}

export async function refresh({ open }: HeldSession, token: string): Promise<Response> {
  const fields = { grant_type: 'refresh_token', refresh_token: token }
  return await open().post('/oauth/token/', new URLSearchParams(fields))
}

async function endSession({ open, tokens }: HeldSession): Promise<Response> {
  return tokens === undefined
    ? await open().post('/logout/')
    : await open().post('/oauth/revoke/', new URLSearchParams({ token: tokens.refresh }))
}

async function withdraw({ open, tokens }: HeldSession): Promise<Response> {
  return await open().delete('/me/', toHeaders(tokens))
}

async function postJson(browser: Browser, path: string, body: object): Promise<Response> {
  return await browser.post(path, JSON.stringify(body), { 'content-type': 'application/json' })
}

function toHeaders(tokens: HeldSession['tokens']): Record<string, string> {
  return tokens === undefined ? {} : { authorization: `Bearer ${tokens.access}` }
}

function toTokens({ access_token, refresh_token }: Json): NonNullable<HeldSession['tokens']> {
  return { access: String(access_token), refresh: String(refresh_token) }
}
