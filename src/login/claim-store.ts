import type { Insertable } from 'kysely'
import { type Db, type LoginClaimTable, prepare } from '../db/index.ts'
import type { ErrorCode, ProblemFields } from '../errors.ts'

/** What came of a code: enough to give the same answer again, and nothing personal. */
export type ClaimAnswer =
  | { readonly kind: 'signed_in'; readonly isNewUser: boolean }
  /** The visitor has to go through Kakao once more. */
  | { readonly kind: 'link_ended' }
  | {
      readonly kind: 'problem'
      readonly code: ErrorCode
      readonly kakaoCode?: string | number
      readonly fields?: ProblemFields
      /** Kakao was not asked: whoever has the code may still spend it. */
      readonly isUnspent?: true
    }

/** What came of a code that Kakao could not be asked about. */
export const UNSPENT: ClaimAnswer = {
  kind: 'problem',
  code: 'kakao_unavailable',
  isUnspent: true,
}

/** An authorization code that a callback has taken. */
export interface Claim {
  readonly stateHash: string
  readonly heldUntil: Date
  readonly answeredAt: Date | null
  readonly answer: ClaimAnswer | null
}

/** Takes a code. @returns Whether it was free; a `state` used before, with another code, is not. */
export async function insertClaim(
  db: Db,
  claim: { codeHash: string; stateHash: string; now: Date; heldUntil: Date },
): Promise<boolean> {
  const { rows } = await insertFree(db, {
    code_hash: claim.codeHash,
    state_hash: claim.stateHash,
    claimed_at: claim.now.getTime(),
    held_until: claim.heldUntil.getTime(),
  })
  return rows.length > 0
}

type NewClaim = Pick<
  Insertable<LoginClaimTable>,
  'code_hash' | 'state_hash' | 'claimed_at' | 'held_until'
>

const insertFree = prepare((db, claim: NewClaim) =>
  db
    .insertInto('login_claims')
    .values(claim)
    .onConflict((conflict) => conflict.doNothing())
    .returning('code_hash'),
)

/** Takes a code again that was not spent. @returns Whether it was there, for the same `state`. */
export async function retakeClaim(
  db: Db,
  claim: { codeHash: string; stateHash: string; heldUntil: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('login_claims')
    .set({ held_until: claim.heldUntil.getTime(), answered_at: null, answer: null })
    .where('code_hash', '=', claim.codeHash)
    .where('state_hash', '=', claim.stateHash)
    .where('answer', '=', JSON.stringify(UNSPENT))
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

export async function findClaim(db: Db, codeHash: string): Promise<Claim | undefined> {
  const row = await db
    .selectFrom('login_claims')
    .selectAll()
    .where('code_hash', '=', codeHash)
    .executeTakeFirst()

  return (
    row && {
      stateHash: row.state_hash,
      heldUntil: new Date(row.held_until),
      answeredAt: row.answered_at === null ? null : new Date(row.answered_at),
      answer: row.answer === null ? null : (JSON.parse(row.answer) as ClaimAnswer),
    }
  )
}

/** Notes what came of a code. @returns Whether it was still held, and not answered yet. */
export async function answerClaim(
  db: Db,
  codeHash: string,
  { answer, now }: { answer: ClaimAnswer; now: Date },
): Promise<boolean> {
  const given = { codeHash, answer: JSON.stringify(answer), now: now.getTime() }
  const { numAffectedRows = 0n } = await answerHeld(db, given)
  return numAffectedRows > 0n
}

const answerHeld = prepare((db, given: { codeHash: string; answer: string; now: number }) =>
  db
    .updateTable('login_claims')
    .set({ answered_at: given.now, answer: given.answer })
    .where('code_hash', '=', given.codeHash)
    .where('held_until', '>', given.now)
    .where('answered_at', 'is', null),
)
