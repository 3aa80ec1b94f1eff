import type { Retention, WithdrawalConfig } from './config.ts'
import { parseDuration } from './duration.ts'
import type { EnvironmentReader } from './reader.ts'

export function readWithdrawalConfig(reader: EnvironmentReader): WithdrawalConfig {
  return {
    onUnlink: reader.choice('ON_UNLINK', ['withdraw', 'detach'], 'withdraw'),
    recentLoginMs: reader.duration('RECENT_LOGIN', { fallback: '10m', min: '1s', max: '1d' }),
    rejoinAfterMs: reader.duration('REJOIN_AFTER', { fallback: '0', min: '0', max: '10y' }),
    retention: readRetention(reader),
  }
}

const FIELDS = { access_log: 'accessLogMs', consents: 'consentsMs' } as const
const LONGEST_MS = 10 * 365 * 86_400_000

function readRetention(reader: EnvironmentReader): Retention {
  const entries = reader.list('RETENTION').map(readEntry)
  const known = entries.filter((entry) => entry !== undefined)
  const kinds = new Set(known.map(([field]) => field))
  if (kinds.size < entries.length) {
    const problem =
      'must be a list of access_log and consents, each with a duration from 1ms to 10y'
    reader.report('RETENTION', `${problem}, such as access_log:90d, consents:3y`)
  }
  return Object.fromEntries(known)
}

function readEntry(text: string): [keyof Retention, number] | undefined {
  const [, kind, duration = ''] = /^(access_log|consents):(.*)$/.exec(text) ?? []
  const milliseconds = parseDuration(duration) ?? 0
  if (kind === undefined || milliseconds <= 0 || milliseconds > LONGEST_MS) return undefined
  return [FIELDS[kind as keyof typeof FIELDS], milliseconds]
}
