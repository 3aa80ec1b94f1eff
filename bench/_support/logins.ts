import type { Answer, HttpConnection } from './http-connection.ts'
import { toGet } from './http-connection.ts'
import { toCode } from './people.ts'

/** A login that waits for its visitor to come back from Kakao. */
export interface BegunLogin {
  readonly state: string
  readonly nonce: string
  readonly cookie: string
}

/** As browsers send it: what is made of it is part of a login's work. */
const USER_AGENT =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'
const BEGIN = toGet('/oauth/kakao/login/', { 'user-agent': USER_AGENT })
const CALLBACK = '/oauth/kakao/login/callback/'

/** @throws The answer was no redirect to Kakao. */
export async function beginLogin(connection: HttpConnection): Promise<BegunLogin> {
  const answer = await connection.ask(BEGIN)
  expectStatus(answer, 302)
  return {
    state: find(answer.head, /[?&]state=([\w-]+)/),
    nonce: find(answer.head, /[?&]nonce=([\w-]+)/),
    cookie: find(answer.head, /set-cookie: ([^;\r]+)/i),
  }
}

/**
 * Comes back from Kakao.
 *
 * @returns The session's cookie.
 * @throws The person was not logged in.
 */
export async function finishLogin(
  connection: HttpConnection,
  { state, nonce, cookie }: BegunLogin,
  kakaoId: string,
): Promise<string> {
  const path = `${CALLBACK}?code=${toCode(kakaoId, nonce)}&state=${state}`
  const answer = await connection.ask(toGet(path, { 'user-agent': USER_AGENT, cookie }))
  expectStatus(answer, 200)
  return find(answer.head, /set-cookie: (daemun_session=[\w-]+)/i)
}

/** A whole login. @returns The session's cookie. */
export async function login(connection: HttpConnection, kakaoId: string): Promise<string> {
  return await finishLogin(connection, await beginLogin(connection), kakaoId)
}

/** Asks as a proxy does who it is. @throws The answer was not 200. */
export async function check(connection: HttpConnection, cookie: string): Promise<void> {
  expectStatus(await connection.ask(toCheck(cookie)), 200)
}

export function toCheck(cookie: string): string {
  return toGet('/auth/verify/', { cookie })
}

/** @throws What the answer is instead. */
export function expectStatus({ status, body }: Answer, expected: number): void {
  if (status !== expected) throw new Error(`${status} in place of ${expected}: ${body}`)
}

function find(head: string, pattern: RegExp): string {
  const found = pattern.exec(head)?.[1]
  if (found === undefined) throw new Error(`no ${pattern} in ${head}`)
  return found
}
