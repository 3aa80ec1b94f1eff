import { BlockList, isIP } from 'node:net'

/** Whether what a URL leads to can be relied upon in production. */
export function isPublicHttps(url: string): boolean {
  return new URL(url).protocol === 'https:' && !isLoopback(url)
}

/** Of this machine itself, or of whichever it is that asks. */
const OWN_ADDRESSES = new BlockList()
OWN_ADDRESSES.addSubnet('127.0.0.0', 8)
OWN_ADDRESSES.addSubnet('0.0.0.0', 8)
OWN_ADDRESSES.addAddress('::1', 'ipv6')
OWN_ADDRESSES.addAddress('::', 'ipv6')

const OWN_NAMES = /^(.+\.)?localhost$|^localhost\.localdomain$|^ip6-(localhost|loopback)$/

/** Whether a URL's host is this machine itself, by name or by address, in any spelling. */
export function isLoopback(url: string): boolean {
  // By now 127.1 and 0x7f.1 are 127.0.0.1, and letters are small.
  const host = new URL(url).hostname.replace(/^\[|\]$|\.$/g, '')
  const family = isIP(host)
  if (family === 0) return OWN_NAMES.test(host)
  return OWN_ADDRESSES.check(host, family === 6 ? 'ipv6' : 'ipv4')
}
