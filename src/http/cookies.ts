import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

/** Our cookies: `HttpOnly`, `SameSite=Lax`, `Path=/`, and on https `Secure` and `__Host-`. */
export interface Cookies {
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
    read: (context, name) => getCookie(context, hostPrefix + name),

    readAll(context, prefix) {
      const ours = Object.entries(getCookie(context)).filter(([name]) =>
        name.startsWith(hostPrefix + prefix),
      )
      return new Map(ours.map(([name, value]) => [name.slice(hostPrefix.length), value]))
    },

    write: (context, { name, value, maxAgeSeconds }) =>
      write(context, name, value, Math.floor(maxAgeSeconds)),

    clear: (context, name) => write(context, name, '', 0),
  }
}
