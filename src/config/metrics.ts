import type { MetricsAccess } from './config.ts'
import type { EnvironmentReader } from './reader.ts'

const LEAST_LENGTH = 32
/** What a bearer token may consist of (RFC 6750, section 2.1). */
const TOKEN = /^[\w.~+/-]+=*$/

export function readMetricsAccess(
  reader: EnvironmentReader,
  { production }: { production: boolean },
): MetricsAccess {
  const token = reader.credential('METRICS_TOKEN')
  if (token === undefined) return production ? 'hidden' : 'open'
  if (!TOKEN.test(token)) {
    reader.report('METRICS_TOKEN', 'must consist of letters, digits and - . _ ~ + / alone')
  } else if (production && token.length < LEAST_LENGTH) {
    reader.report('METRICS_TOKEN', `must have ${LEAST_LENGTH} characters or more in production`)
  }
  return { token }
}
