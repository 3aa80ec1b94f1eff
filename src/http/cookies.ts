import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'

/** Our cookies: `HttpOnly`, `SameSite=Lax`, `Path=/`, and on https `Secure` and `__Host-`. */
export interface Cookies {
  /** One that is there twice is not there: see {@link readHeader}. */
  read(context: Context, name: string): string | undefined
  /** All of ours whose names begin so, by name. */
  readAll(context: Context, prefix: string): Map<string, string>
  write(context: Context, cookie: { name: string; value: string; maxAgeSeconds: number }): void
  clear(context: Context, name: string): void
}

/** @param options.secure Whether browsers reach us by https. */
export function createCookies({ secure }: { secure: boolean }): Cookies {
  const hostPrefix = secure ? '__Host-' : ''

  function write(context: Context, name: string, value: string, maxAge: number): void {
    setCookie(context, hostPrefix + name, value, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure,
      maxAge,
    })
  }

  return {
    read: (context, name) => readHeader(context).get(hostPrefix + name),

    readAll(context, prefix) {
      const ours = [...readHeader(context)].filter(([name]) => name.startsWith(hostPrefix + prefix))
      return new Map(ours.map(([name, value]) => [name.slice(hostPrefix.length), value]))
    },

    write: (context, { name, value, maxAgeSeconds }) =>
      write(context, name, value, Math.floor(maxAgeSeconds)),

    clear: (context, name) => write(context, name, '', 0),
  }
}

/**
 * Reads all cookies by name. Of two with one name a sibling site has planted one, and nothing says
 * which: neither counts. (Where we are reached by https no site can plant a `__Host-` cookie.)
 *
 * @see [RFC 6265, 8.6](https://www.rfc-editor.org/rfc/rfc6265.html#section-8.6)
 */
function readHeader(context: Context): Map<string, string> {
  const cookies = new Map<string, string>()
  const seen = new Set<string>()
  for (const pair of (context.req.header('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, Math.max(at, 0)).trim()
    if (seen.has(name)) cookies.delete(name)
    else cookies.set(name, pair.slice(at + 1).trim())
    seen.add(name)
  }
  return cookies
}
