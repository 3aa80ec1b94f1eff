import { expect } from 'vitest'
import { openStoreAt } from '../../_support/engines.ts'
import { readJson } from '../../_support/login.ts'
import type { Layout } from './layout.ts'
import type { Ledger } from './ledger.ts'

/** Longer than the leases of whoever died while at an unlink. */
const PATIENT = { timeout: 30_000, interval: 100 }

/**
 * Waits until the store has nothing left to do for those who left.
 *
 * @returns Of those whose withdrawal was acknowledged: users who are not gone, and Kakao ids that
 * are still linked at Kakao. Expected to be empty.
 */
export async function findRemains(
  layout: Layout,
  { databaseUrl, ledger }: { databaseUrl: string; ledger: Ledger },
): Promise<string[]> {
  const { db } = await openStoreAt(databaseUrl)
  const findUnlinks = () =>
    db.selectFrom('jobs').select('id').where('kind', '=', 'unlink').execute()
  await expect.poll(findUnlinks, PATIENT).toEqual([])
  const gone = new Set((await db.selectFrom('departed_users').select('id').execute()).map(toId))
  await db.destroy()

  const remains = [...ledger.departed].filter((userId) => !gone.has(userId))
  for (const personId of ledger.left) if (await isLinked(layout, personId)) remains.push(personId)
  return remains
}

const toId = ({ id }: { id: string }): string => id

/** Whether Kakao has a link of this person to our app. */
export async function isLinked({ kakao, kakaoUrl }: Layout, personId: string): Promise<boolean> {
  const url = `${kakaoUrl}/_emulator/people/${personId}/links`
  const { links } = await readJson(await kakao.fetch(new Request(url)))
  return (links as unknown[]).length > 0
}
