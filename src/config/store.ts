import type { StoreConfig } from './config.ts'
import type { EnvironmentReader } from './reader.ts'

export function readStoreConfig(reader: EnvironmentReader): StoreConfig {
  const url = reader.text('DATABASE_URL') ?? 'sqlite:data/daemun.db'
  if (!/^(sqlite:.|postgres(ql)?:\/\/.)/.test(url)) {
    reader.report('DATABASE_URL', 'must be sqlite:PATH or postgres://…')
  }
  return {
    url,
    poolSize: reader.integer('DATABASE_POOL_SIZE', { fallback: 10, min: 1, max: 1000 }),
    timeoutMs: reader.duration('STORE_TIMEOUT', { fallback: '2s', min: '10ms', max: '5m' }),
  }
}
