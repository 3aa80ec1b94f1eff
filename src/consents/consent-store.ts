import type { Insertable, Selectable } from 'kysely'
import { type ConsentTable, type Db, prepare } from '../db/index.ts'
import type { ConsentKind, ConsentPath } from '../events/index.ts'
import type { Consent, ConsentChange } from './consent.ts'

/** How a consent stands, without its history. */
export interface ConsentEntry extends Omit<Consent, 'history'> {
  /** How many changes its history has. */
  readonly changes: number
}

/** Of which identity, and whether of its items or of its terms. */
export interface LedgerPart {
  readonly kakaoId: string
  readonly kind: ConsentKind
}

const ENTRY_COLUMNS = ['id', 'agreed', 'required', 'revocable', 'since', 'path', 'changes'] as const

/** How the consents of an identity stand, by their ids. */
export async function findEntries(
  db: Db,
  { kakaoId, kind }: LedgerPart,
): Promise<Map<string, ConsentEntry>> {
  const { rows } = await selectEntries(db, { kakaoId, kind })
  return new Map(rows.map((row) => [row.id, toEntry(row)]))
}

const selectEntries = prepare((db, part: LedgerPart) =>
  db
    .selectFrom('consents')
    .select(ENTRY_COLUMNS)
    .where('kakao_id', '=', part.kakaoId)
    .where('kind', '=', part.kind)
    .orderBy('id'),
)

/** The consent items that an identity agreed to, as the ledger knows. */
export async function findAgreed(db: Db, kakaoId: string): Promise<string[]> {
  const entries = await findEntries(db, { kakaoId, kind: 'item' })
  return [...entries.values()].filter(({ agreed }) => agreed).map(({ id }) => id)
}

/** The consents of an identity with their histories, in the order of their ids. */
export async function listConsents(db: Db, part: LedgerPart): Promise<Consent[]> {
  const entries = await findEntries(db, part)
  const changes = await db
    .selectFrom('consent_changes')
    .selectAll()
    .where('kakao_id', '=', part.kakaoId)
    .where('kind', '=', part.kind)
    .orderBy('number')
    .execute()
  return [...entries.values()].map(({ changes: _count, ...consent }) => ({
    ...consent,
    history: changes.filter(({ id }) => id === consent.id).map(toChange),
  }))
}

/** Writes how consents stand now. */
export async function writeEntries(
  db: Db,
  { kakaoId, kind }: LedgerPart,
  entries: readonly ConsentEntry[],
): Promise<void> {
  if (entries.length === 0) return
  await db
    .insertInto('consents')
    .values(entries.map((entry) => ({ kakao_id: kakaoId, kind, ...toColumns(entry) })))
    .onConflict((conflict) =>
      conflict.columns(['kakao_id', 'kind', 'id']).doUpdateSet(({ ref }) => ({
        agreed: ref('excluded.agreed'),
        required: ref('excluded.required'),
        revocable: ref('excluded.revocable'),
        since: ref('excluded.since'),
        path: ref('excluded.path'),
        changes: ref('excluded.changes'),
      })),
    )
    .execute()
}

/** Adds to the histories of consents how they stand now. */
export async function writeChanges(
  db: Db,
  { kakaoId, kind }: LedgerPart,
  entries: readonly ConsentEntry[],
): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ id, changes, agreed, since, path }) => ({
    kakao_id: kakaoId,
    kind,
    id,
    number: changes,
    agreed: agreed ? 1 : 0,
    at: since.getTime(),
    path,
  }))
  await db.insertInto('consent_changes').values(rows).execute()
}

type EntryColumns = Omit<Insertable<ConsentTable>, 'kakao_id' | 'kind'>

function toColumns(entry: ConsentEntry): EntryColumns {
  return {
    id: entry.id,
    agreed: entry.agreed ? 1 : 0,
    required: toBit(entry.required),
    revocable: toBit(entry.revocable),
    since: entry.since.getTime(),
    path: entry.path,
    changes: entry.changes,
  }
}

function toEntry(
  row: Pick<Selectable<ConsentTable>, (typeof ENTRY_COLUMNS)[number]>,
): ConsentEntry {
  return {
    id: row.id,
    agreed: row.agreed === 1,
    required: row.required === null ? null : row.required === 1,
    revocable: row.revocable === null ? null : row.revocable === 1,
    since: new Date(row.since),
    path: row.path as ConsentPath,
    changes: row.changes,
  }
}

function toChange({ agreed, at, path }: { agreed: number; at: number; path: string }) {
  return {
    agreed: agreed === 1,
    at: new Date(at),
    path: path as ConsentPath,
  } satisfies ConsentChange
}

function toBit(flag: boolean | null): number | null {
  return flag === null ? null : Number(flag)
}
