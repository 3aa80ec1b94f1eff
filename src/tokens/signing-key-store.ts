import type { Db } from '../db/index.ts'
import type { PublicJwk } from '../jose/index.ts'
import type { Sealer } from '../jose/seal.ts'

/** A signing key as it is kept. */
export interface StoredSigningKey {
  readonly kid: string
  readonly publicJwk: PublicJwk
  /** JSON, sealed. */
  readonly sealedPrivateJwk: string
  /** Until then it is published only. */
  readonly signsFrom: Date
}

/** All keys, the one that signs last first. */
export async function listSigningKeys(db: Db): Promise<StoredSigningKey[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .selectAll()
    .orderBy('signs_from', 'desc')
    .orderBy('kid')
    .execute()
  return rows.map((row) => ({
    kid: row.kid,
    publicJwk: JSON.parse(row.public_jwk) as PublicJwk,
    sealedPrivateJwk: row.sealed_private_jwk,
    signsFrom: new Date(row.signs_from),
  }))
}

/** @param keys The one that signs last first. @returns Whether it can be opened, if there is one. */
export function opensNewest(
  [newest]: readonly StoredSigningKey[],
  sealer: Pick<Sealer, 'open'>,
): boolean {
  return newest === undefined || sealer.open(newest.sealedPrivateJwk) !== undefined
}

export async function insertSigningKey(db: Db, key: StoredSigningKey): Promise<void> {
  await db
    .insertInto('signing_keys')
    .values({
      kid: key.kid,
      public_jwk: JSON.stringify(key.publicJwk),
      sealed_private_jwk: key.sealedPrivateJwk,
      signs_from: key.signsFrom.getTime(),
    })
    .execute()
}

export async function removeSigningKeys(db: Db, kids: readonly string[]): Promise<void> {
  if (kids.length === 0) return
  await db.deleteFrom('signing_keys').where('kid', 'in', kids).execute()
}
