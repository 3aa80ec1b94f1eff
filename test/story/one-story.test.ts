import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDurableUrl, ENGINES, openStoreAt } from '../_support/engines.ts'
import { readJson } from '../_support/login.ts'
import { BADA, HANEUL, KAKAO, SOL } from '../_support/world.ts'
import { type Act, HOUR, live } from './_support/acts.ts'
import { createService, type Service } from './_support/service.ts'
import {
  findGaps,
  foldConsents,
  readLedger,
  tellByAuditLog,
  tellByLetters,
} from './_support/tellings.ts'

/** PostgreSQL takes longer to have. */
const RUNS = { SQLite: 12, PostgreSQL: 4 }

test.each(ENGINES)(
  'after any hour, with our server dying in it, ledger, audit log, events and Kakao tell one story ($name)',
  async (engine) => {
    await fc.assert(
      fc.asyncProperty(HOUR, async (hour: readonly Act[]) => {
        const url = await createDurableUrl(engine)
        const service = await createService(url)
        const halfWay = await live(service, hour)
        await compare(service, url, halfWay)
        await service.close()
      }),
      { numRuns: RUNS[engine.name], seed: 2026, endOnFailure: true },
    )
  },
)

async function compare(service: Service, url: string, halfWay: ReadonlySet<string>): Promise<void> {
  const { letters } = service.receiver
  const { db } = await openStoreAt(url)
  const users = await db.selectFrom('users').select('id').execute()
  const ids = users.map(({ id }) => id)
  const departed = await db.selectFrom('departed_users').select('id').execute()
  const linked = await db
    .selectFrom('identities')
    .select('kakao_id')
    .where('state', '!=', 'unlinked')
    .orderBy('kakao_id')
    .execute()
  const jobs = await db.selectFrom('jobs').select('kind').execute()
  const audit = await tellByAuditLog(db)
  // Of one who has tied a second account, the events do not say whose consents they are.
  const single = ids.filter((id) => !audit[id]?.includes('identity.linked'))
  const ledger = await readLedger(db, single)
  await db.destroy()

  expect(jobs).toEqual([])
  expect(findGaps(letters)).toEqual([])
  expect(tellByLetters(letters)).toEqual(audit)
  expect(foldConsents(letters, single)).toEqual(ledger)
  for (const { id } of departed) expect(audit[id]?.at(-1)).toBe('user.withdrawn')
  for (const id of ids) expect(audit[id]).not.toContain('user.withdrawn')
  expect(Object.keys(audit).sort()).toEqual([...ids, ...departed.map(({ id }) => id)].sort())
  const here = linked.map(({ kakao_id }) => kakao_id)
  const there = await listLinkedAtKakao(service)
  expect(there).toEqual(expect.arrayContaining(here))
  expect(there.filter((id) => !here.includes(id) && !halfWay.has(id))).toEqual([])
}

async function listLinkedAtKakao({ kakao }: Service): Promise<string[]> {
  const linked: string[] = []
  for (const { id } of [HANEUL, BADA, SOL]) {
    const url = `${KAKAO}/_emulator/people/${id}/links`
    const { links } = await readJson(await kakao.fetch(new Request(url)))
    if ((links as unknown[]).length > 0) linked.push(id)
  }
  return linked.sort()
}
