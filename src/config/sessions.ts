import type { SessionConfig } from './config.ts'
import type { EnvironmentReader } from './reader.ts'

export function readSessionConfig(reader: EnvironmentReader): SessionConfig {
  const ttlMs = reader.duration('SESSION_TTL', { fallback: '30d', min: '1s', max: '10y' })
  const maxMs = reader.duration('SESSION_MAX', { fallback: '1y', min: '1s', max: '10y' })
  warnOfCut(reader, 'SESSION', { ttlMs, maxMs })
  return {
    ttlMs,
    maxMs,
    perUser: reader.integer('SESSIONS_PER_USER', { fallback: 50, min: 1, max: 10_000 }),
  }
}

/** Whoever sets a lifetime would not expect another setting to cut it; a default may well be cut. */
export function warnOfCut(
  reader: EnvironmentReader,
  prefix: 'SESSION' | 'REFRESH_TOKEN',
  { ttlMs, maxMs }: { ttlMs: number; maxMs: number },
): void {
  if (ttlMs > maxMs && reader.text(`${prefix}_TTL`) !== undefined) {
    reader.warn(`${prefix}_TTL`, `is longer than ${prefix}_MAX, which ends it first`)
  }
}
