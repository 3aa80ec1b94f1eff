import type { Migration } from '../migrate.ts'

export const webhooks: Migration = {
  version: 6,

  async up(db) {
    await db.schema.alterTable('identities').addColumn('ended_by_us_at', 'bigint').execute()
    await db.schema
      .alterTable('sessions')
      .addColumn('no_longer_recent', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()

    await db.schema
      .createTable('seen_event_tokens')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('seen_event_tokens_by_expiry')
      .on('seen_event_tokens')
      .columns(['expires_at'])
      .execute()
  },
}
