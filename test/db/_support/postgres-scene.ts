import type { TestContext } from 'vitest'
import type { Store, StoreOptions } from '../../../src/db/index.ts'
import { openStoreAt, POSTGRES } from '../../_support/engines.ts'
import { type PostgresWatch, watchPostgres } from '../../_support/postgres-watch.ts'
import { startTcpProxy, type TcpProxy } from '../../_support/tcp-proxy.ts'

/** A PostgreSQL behind a wire that can be held up, and two stores on it. */
export interface PostgresScene {
  readonly proxy: TcpProxy
  readonly watch: PostgresWatch
  /** By way of the proxy. */
  readonly store: Store
  /** Past the proxy. */
  readonly elsewhere: Store
}

/** @param options Of the store behind the proxy. */
export async function setPostgresScene(
  { onTestFinished }: TestContext,
  options: Partial<StoreOptions> = {},
): Promise<PostgresScene> {
  const url = await POSTGRES.createUrl()
  const elsewhere = await openStoreAt(url)
  const watch = await watchPostgres(url)
  const proxy = await startTcpProxy(watch.url)
  // One connection: whatever became of it, the next statement meets it.
  const store = await openStoreAt(proxy.url, { poolSize: 1, ...options })

  onTestFinished(async () => {
    await Promise.all([store.db.destroy(), elsewhere.db.destroy(), watch.close()])
    await proxy.close()
  })
  return { proxy, watch, store, elsewhere }
}
