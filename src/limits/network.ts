import { isIPv6 } from 'node:net'

/** The first 96 bits of how IPv6 writes IPv4 addresses (RFC 4291, section 2.5.5.2). */
const MAPPED_IPV4 = '0:0:0:0:0:ffff'

/**
 * Whom an address stands for: an IPv4 address for itself, an IPv6 address for its /64, of which
 * whoever is connected has all (RFC 6177).
 *
 * @param address As `isIP` admits it.
 */
export function toNetwork(address: string): string {
  if (!isIPv6(address)) return address
  const groups = toGroups(address)
  return groups.slice(0, 6).join(':') === MAPPED_IPV4
    ? groups.slice(6).map(toBytes).join('.')
    : `${groups.slice(0, 4).join(':')}::/64`
}

/** All eight, in the shortest spelling of each. */
function toGroups(address: string): string[] {
  const [plain = ''] = address.split('%', 1)
  const [before = [], after = []] = new URL(`http://[${plain}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''))
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  return [...before, ...zeros, ...after]
}

function toBytes(group: string): string {
  const number = Number.parseInt(group, 16)
  return `${number >> 8}.${number & 255}`
}
