import { createServer } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { isStoreUnavailable, StoreOpenError } from '../../src/db/index.ts'
import { openStoreAt } from '../_support/engines.ts'
import { findFreePort } from '../_support/free-port.ts'
import { insertFact, listFacts } from './_support/facts.ts'
import { setPostgresScene } from './_support/postgres-scene.ts'

describe.concurrent('connections to PostgreSQL', () => {
  test('one that ends while nobody uses it is told of, and replaced', async (context) => {
    const onIdleError = vi.fn()
    const { store, watch } = await setPostgresScene(context, { onIdleError })
    await insertFact(store.db, 'before')

    await watch.endConnections()

    await vi.waitFor(() => expect(onIdleError).toHaveBeenCalledOnce(), { timeout: 10_000 })
    await insertFact(store.db, 'after')
    expect(await listFacts(store.db)).toEqual(['after', 'before'])
  })

  test.for(['ended by the server', 'cut'])(
    'one that is %s in the midst of a transaction ends that transaction alone',
    async (how, context) => {
      const { store, watch, proxy } = await setPostgresScene(context)
      const transaction = store.db.transaction().execute(async (transaction) => {
        await insertFact(transaction, 'lost')
        if (how === 'cut') proxy.cut()
        else await watch.endConnections()
        // The news comes while nothing is asked.
        await vi.waitFor(async () => expect(await watch.countBusy()).toBe(0), { timeout: 10_000 })
        await insertFact(transaction, 'lost too')
      })

      await expect(transaction).rejects.toSatisfy(isStoreUnavailable)
      await insertFact(store.db, 'after')
      expect(await listFacts(store.db)).toEqual(['after'])
    },
  )

  test('a server that takes the call and says nothing is given up', async () => {
    const port = await findFreePort()
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve))

    const opening = openStoreAt(`postgres://user@127.0.0.1:${port}/db`, { timeoutMs: 300 })

    await expect(opening).rejects.toBeInstanceOf(StoreOpenError)
    silent.close()
  })
})
