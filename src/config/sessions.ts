import type { SessionConfig } from './config.ts'
import type { EnvironmentReader } from './reader.ts'

export function readSessionConfig(reader: EnvironmentReader): SessionConfig {
  return {
    ttlMs: reader.duration('SESSION_TTL', { fallback: '30d', min: '1s', max: '10y' }),
    maxMs: reader.duration('SESSION_MAX', { fallback: '1y', min: '1s', max: '10y' }),
    perUser: reader.integer('SESSIONS_PER_USER', { fallback: 50, min: 1, max: 10_000 }),
  }
}
