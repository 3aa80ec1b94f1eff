import type { TokenConfig } from './config.ts'
import type { EnvironmentReader } from './reader.ts'
import { warnOfCut } from './sessions.ts'

/** Lifetimes are told to clients in whole seconds, so none is shorter. */
export function readTokenConfig(reader: EnvironmentReader, publicUrl: string): TokenConfig {
  const refreshTtlMs = reader.duration('REFRESH_TOKEN_TTL', {
    fallback: '60d',
    min: '1s',
    max: '10y',
  })
  const refreshMaxMs = reader.duration('REFRESH_TOKEN_MAX', {
    fallback: '1y',
    min: '1s',
    max: '10y',
  })
  warnOfCut(reader, 'REFRESH_TOKEN', { ttlMs: refreshTtlMs, maxMs: refreshMaxMs })
  return {
    audience: reader.text('TOKEN_AUDIENCE') ?? publicUrl,
    // Who checks offline takes it until it expires, whatever happened since.
    accessTtlMs: reader.duration('ACCESS_TOKEN_TTL', { fallback: '15m', min: '1s', max: '1d' }),
    refreshTtlMs,
    refreshMaxMs,
    refreshGraceMs: reader.duration('REFRESH_GRACE', { fallback: '10s', min: '0', max: '60s' }),
    // RFC 6749, 4.1.2: ten minutes at most.
    codeTtlMs: reader.duration('LOGIN_CODE_TTL', { fallback: '60s', min: '1s', max: '10m' }),
  }
}
