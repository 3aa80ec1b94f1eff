import { isIP } from 'node:net'
import type { EnvironmentReader } from './reader.ts'

/** Where to listen: an address of this machine, or a name for one. */
export function readHost(reader: EnvironmentReader, fallback: string): string {
  const host = reader.text('HOST')
  if (host === undefined) return fallback
  if (isIP(host) === 0 && !/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?$/.test(host)) {
    reader.report('HOST', 'must be an address or a host name, without scheme, brackets or port')
  }
  return host
}
