import { PAGES, PENDING_LOGIN } from './account/page-paths.ts'

/** What a person does on the pages. */
export interface PersonChoices {
  /** Kakao user id. */
  readonly id: string
  /** Consent items and tags of service terms to untick, besides what the person refuses anyway. */
  readonly refuses?: readonly string[]
  /** Whether to press "cancel" on the consent page. */
  readonly cancels?: boolean
}

/** The login ended on a page of Kakao's instead of going back to the app. */
export class LoginStoppedError extends Error {
  override readonly name = 'LoginStoppedError'
  /** `KOE…`, where the page names one. */
  readonly koe: string | undefined

  constructor(koe: string | undefined) {
    super(`the login ended on a page of Kakao's (${koe ?? 'without a KOE code'})`)
    this.koe = koe
  }
}

const MOST_PAGES = 10

/**
 * A browser in which a person uses the emulator's pages. It keeps its cookies, so that one who has
 * signed in stays so, and goes through one login at a time.
 */
export class PersonBrowser {
  readonly #fetch: (request: Request) => Promise<Response>
  #cookie = ''
  #lastLogin: Promise<unknown> = Promise.resolve()

  constructor(fetch: (request: Request) => Promise<Response>) {
    this.#fetch = fetch
  }

  /**
   * Opens an authorize URL and does on each page what the person chose.
   *
   * @returns Where the browser is sent back to.
   * @throws {LoginStoppedError}
   */
  authorize(url: URL, choices: PersonChoices): Promise<URL> {
    const login = this.#lastLogin.then(() => this.#follow(url, choices))
    this.#lastLogin = login.catch(() => undefined)
    return login
  }

  async #follow(url: URL, choices: PersonChoices): Promise<URL> {
    let next = new Request(url)
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const response = await this.#open(next)
      const location = response.headers.get('location')
      const target = new URL(location ?? '', next.url)
      if (location !== null && !isPage(target, url)) return target
      next = location === null ? await fillIn(response, target, choices) : new Request(target)
    }
    throw new LoginStoppedError(undefined)
  }

  async #open(request: Request): Promise<Response> {
    if (this.#cookie !== '') request.headers.set('cookie', this.#cookie)
    const response = await this.#fetch(request)
    const [cookie] = response.headers.getSetCookie()
    if (cookie !== undefined) this.#cookie = cookie.split(';', 1)[0] ?? ''
    return response
  }
}

function isPage(target: URL, start: URL): boolean {
  return target.origin === start.origin && Object.values<string>(PAGES).includes(target.pathname)
}

/**
 * Fills in the form of a page.
 *
 * @throws {LoginStoppedError} It is no such page.
 */
async function fillIn(
  response: Response,
  { origin, pathname, searchParams }: URL,
  choices: PersonChoices,
): Promise<Request> {
  const page = await response.text()
  const isOurs = Object.values<string>(PAGES).includes(pathname)
  if (response.status !== 200 || !isOurs) throw new LoginStoppedError(/KOE\d+/.exec(page)?.[0])

  const body = toForm(page, choices)
  body.set(PENDING_LOGIN, searchParams.get(PENDING_LOGIN) ?? '')
  // This person has an account already, even where the app sends new ones to sign up.
  const path = pathname === PAGES.signUp ? PAGES.signIn : pathname
  return new Request(new URL(path, origin), { method: 'POST', body })
}

/** The fields of every page at once: each page reads only its own. */
function toForm(page: string, { id, refuses = [], cancels = false }: PersonChoices) {
  const items = offeredItems(page)
  const ticked = items.filter(({ item, isTicked }) => isTicked && !refuses.includes(item))
  // A browser does not send the form without its required items: all that is left is to cancel.
  const mustCancel = items.some((item) => item.isRequired && !ticked.includes(item))
  const decision = cancels || mustCancel ? 'cancel' : 'agree'
  const form = new URLSearchParams({ person: id, decision })
  for (const { field, item } of ticked) form.append(field, item)
  return form
}

function offeredItems(page: string) {
  const boxes = page.matchAll(/name="(agree|term)" value="([^"]+)"( checked)?( required)?/g)
  return [...boxes].map(([, field = '', item = '', checked, required]) => ({
    field,
    item,
    isTicked: checked !== undefined,
    isRequired: required !== undefined,
  }))
}
