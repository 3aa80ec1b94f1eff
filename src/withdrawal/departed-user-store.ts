import type { Db } from '../db/index.ts'
import type { WithdrawnBy } from '../events/index.ts'

/** What stays of a user for good: nothing that leads back to the person. */
export interface DepartedUser {
  /** Random, as the user's id was. */
  readonly id: string
  readonly departedAt: Date
  readonly by: WithdrawnBy
  readonly reason: string
}

export async function insertDepartedUser(
  db: Db,
  { id, departedAt, by, reason }: DepartedUser,
): Promise<void> {
  await db
    .insertInto('departed_users')
    .values({ id, departed_at: departedAt.getTime(), withdrawn_by: by, reason })
    .execute()
}
