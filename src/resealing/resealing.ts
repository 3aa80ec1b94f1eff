import type { SecretKeys } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import { createSealer } from '../jose/seal.ts'
import { type ResealedPage, resealPage } from './reseal-page.ts'
import { SEALED_COLUMNS } from './sealed-columns.ts'

export interface ResealingDeps {
  readonly db: Db
  readonly secrets: SecretKeys
  readonly randomBytes: (size: number) => Uint8Array
}

/** How far a walk through all that is sealed has come. */
export interface ResealProgress {
  /** Which of the columns. */
  readonly column: number
  /** The last key looked at in it. */
  readonly after?: string
  readonly resealed: number
  readonly unreadable: number
}

export const RESEAL_START: ResealProgress = { column: 0, resealed: 0, unreadable: 0 }

export function isResealed({ column }: ResealProgress): boolean {
  return column >= SEALED_COLUMNS.length
}

/** Puts the next page under the first of the secrets. */
export async function resealNext(
  { db, secrets, randomBytes }: ResealingDeps,
  progress: ResealProgress,
): Promise<ResealProgress> {
  const column = SEALED_COLUMNS[progress.column]
  if (column === undefined) return progress
  const sealer = createSealer({ secrets, purpose: column.purpose, randomBytes })
  return advance(progress, await resealPage(db, sealer, { column, after: progress.after }))
}

/** Puts everything under the first of the secrets. @returns How much was, and how much cannot be. */
export async function resealAll(deps: ResealingDeps): Promise<ResealProgress> {
  let progress = RESEAL_START
  while (!isResealed(progress)) progress = await resealNext(deps, progress)
  return progress
}

function advance(progress: ResealProgress, page: ResealedPage): ResealProgress {
  return {
    column: page.after === undefined ? progress.column + 1 : progress.column,
    ...(page.after !== undefined && { after: page.after }),
    resealed: progress.resealed + page.resealed,
    unreadable: progress.unreadable + page.unreadable,
  }
}
