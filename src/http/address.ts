import { isIP } from 'node:net'
import type { Context } from 'hono'
import type { AppEnv } from './env.ts'

/** How IPv6 sockets show IPv4 addresses (RFC 4291, section 2.5.5.2). */
const MAPPED_IPV4 = /^::ffff:(?=\d+\.)/i

/** Some proxies add the port, and brackets where the address has colons itself. */
const WITH_PORT = /^(?:\[(?<inBrackets>.*)\]|(?<dotted>[\d.]+))(?::\d+)?$/

/**
 * Finds the address that a request came from: of as many proxies as are trusted, the one farthest
 * from us says whom it saw. What stands before that in `X-Forwarded-For` anybody could have written.
 *
 * @param trustProxy How many proxies stand before us.
 * @returns `undefined` where nobody we believe says, as in another server without a socket at hand.
 */
export function findAddress(context: Context<AppEnv>, trustProxy: number): string | undefined {
  const address =
    trustProxy === 0
      ? context.env?.incoming?.socket.remoteAddress
      : context.req.header('x-forwarded-for')?.split(',').at(-trustProxy)
  const plain = withoutPort(address?.trim() ?? '').replace(MAPPED_IPV4, '')
  return isIP(plain) === 0 ? undefined : plain
}

function withoutPort(text: string): string {
  const { inBrackets, dotted } = WITH_PORT.exec(text)?.groups ?? {}
  return inBrackets ?? dotted ?? text
}
