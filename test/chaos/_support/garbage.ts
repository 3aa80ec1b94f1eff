import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { PATHS } from '../../../src/http/paths.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const OTHER_PATHS = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/me/sessions/x/',
  '/me/consents/%00/',
  '/nowhere',
]

const ALL_PATHS = [...Object.values(PATHS), ...OTHER_PATHS]

/** What can be wrong with a request, beside its path and its method. */
const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'application/secevent+jwt',
  'multipart/form-data; boundary=x',
  'text/plain; charset=utf-16',
  'nonsense',
]
const FIELDS = [
  'code',
  'state',
  'next',
  'error',
  'scope',
  'prompt',
  'grant_type',
  'refresh_token',
  'token',
  'id_token',
  'access_token',
  'nonce',
  'attempt',
  'redirect_uri',
  'user_id',
  'app_id',
  'everywhere',
  'kakao',
  'ticket',
  'delivery',
]
const VALUES = [
  '',
  '\u0000',
  '대문',
  '\ud800',
  '%',
  '../../etc/passwd',
  "' or 1=1 --",
  '<script>',
  'https://evil.example/',
  '//evil.example',
  'refresh_token',
  'authorization_code',
  'true',
  '-1',
  '9'.repeat(400),
  'x'.repeat(2000),
  'e30.e30.e30',
  'eyJhbGciOiJub25lIn0.e30.',
]

const OTHERS = { redirect: 'manual', duplex: 'half' } as const

/** Each kind of body at each path, as the types that ours are read as. */
export function* makeEveryBody(origin: string): Generator<Request> {
  for (const path of ALL_PATHS) {
    for (const type of TYPES.slice(0, 2)) {
      for (const body of listBodies([['code', 'x']])) {
        const headers = { 'content-type': type }
        yield new Request(origin + path, { ...OTHERS, method: 'POST', headers, body })
      }
    }
  }
}

/** Endless requests that make no sense, the same for the same random numbers. */
export function* makeGarbage(
  origin: string,
  { random, secrets }: { random: () => number; secrets: readonly string[] },
): Generator<Request> {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const value = () => (random() < 0.1 ? pick(secrets) : pick(VALUES))
  const fields = () =>
    Array.from({ length: Math.floor(random() * 5) }, () => [pick(FIELDS), value()])

  for (;;) {
    for (const path of ALL_PATHS) {
      const method = pick(METHODS)
      const url = `${origin}${path}?${new URLSearchParams(fields())}`
      const headers = makeHeaders(pick, value)
      const hasBody = method !== 'GET' && method !== 'HEAD'
      yield new Request(url, {
        method,
        headers,
        ...OTHERS,
        ...(hasBody && { body: makeBody(pick, fields) }),
      })
    }
  }
}

type Pick = <T>(list: readonly T[]) => T

function makeHeaders(pick: Pick, value: () => string): Headers {
  const headers = new Headers({ 'content-type': pick(TYPES) })
  const safe = () => encodeURIComponent(value().toWellFormed()).slice(0, 1000)
  const choices: readonly (() => void)[] = [
    () => headers.set('authorization', `${pick(['Bearer', 'KakaoAK', 'Basic', ''])} ${safe()}`),
    () => headers.set('cookie', `daemun_session=${safe()}; daemun_login_x=${safe()}; =; ;a`),
    () => headers.set('origin', pick([new URL('http://localhost').origin, 'null', 'evil'])),
    () => headers.set('accept', pick(['text/html', '*/*;q=', 'x'])),
    () => headers.set('accept-language', pick(['ko', '*', ';;q=9', safe()])),
    () => headers.set('x-forwarded-for', safe()),
    () => headers.set('user-agent', safe()),
  ]
  for (let count = 0; count < 3; count += 1) pick(choices)()
  return headers
}

function makeBody(pick: Pick, fields: () => string[][]): Body {
  return pick(listBodies(fields()))
}

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>

function listBodies(entries: string[][]): Body[] {
  return [
    new URLSearchParams(entries).toString(),
    JSON.stringify(Object.fromEntries(entries)),
    JSON.stringify(entries),
    '{"code":',
    '['.repeat(5000),
    '{"__proto__":{"code":1},"code":{"a":[]},"next":7,"state":null}',
    Uint8Array.from([0, 255, 254, 192, 128, 10]),
    'x'.repeat(70_000),
    // Nobody is told how long it is.
    new Blob(['x'.repeat(70_000)]).stream(),
    '',
  ]
}

/** What is not even HTTP. */
const NO_HTTP = [
  '\r\n\r\n\r\n',
  'GET\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  'GET /session/ HTTP/1.1\r\n\r\n',
  'GET http://[/ HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET //// HTTP/1.1\r\nHost: \u0001\r\n\r\n',
  'GET /%ff%zz/?%%% HTTP/1.1\r\nHost: a b\r\n\r\n',
  'POST /oauth/token/ HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
  'POST /oauth/token/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /oauth/token/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(40_000)}\r\n\r\n`,
  `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  '\u0016\u0003\u0001\u0002\u0000\u0001',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
]

/** @returns The status lines of what was answered, one or none for each. */
export async function sendNoHttp(port: number): Promise<string[]> {
  const answers = await Promise.all(NO_HTTP.map((bytes) => sendRaw(port, bytes)))
  return answers.map((answer) => answer.split('\r\n')[0] ?? '')
}

async function sendRaw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(bytes, 'latin1')
  return await text(socket).catch(() => '')
}
