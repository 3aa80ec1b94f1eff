import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

export const indexes: Migration = {
  version: 9,

  async up(db) {
    // What a user who leaves had.
    await db.schema
      .createIndex('one_time_codes_by_user')
      .on('one_time_codes')
      .columns(['user_id'])
      .execute()
    // What is left to do about somebody, of whichever kind.
    await db.schema.createIndex('jobs_by_subject_alone').on('jobs').columns(['subject']).execute()
    // Whose turn it is. With `failed_at` before it, PostgreSQL would sort all that is due.
    await db.schema
      .createIndex('jobs_by_turn')
      .on('jobs')
      .columns(['due_at'])
      .where(sql.ref('failed_at'), 'is', null)
      .execute()
    await db.schema.dropIndex('jobs_by_due').execute()
  },
}
