import { BlockList, isIP } from 'node:net'

/**
 * Whether a peer may call.
 *
 * @param allowed Addresses and networks; absent: everyone.
 * @param remoteAddress Absent within the process, from where everything may be called.
 */
export function isAllowedAddress(
  allowed: readonly string[] | undefined,
  remoteAddress: string | undefined,
): boolean {
  if (allowed === undefined || remoteAddress === undefined) return true
  const list = new BlockList()
  for (const network of allowed) {
    const [address = '', length] = network.split('/')
    const family = familyOf(address)
    if (length === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(length), family)
  }
  const peer = remoteAddress.replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(peer) !== 0 && list.check(peer, familyOf(peer))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
