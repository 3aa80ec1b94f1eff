import type { Migration } from '../migrate.ts'

export const outbox: Migration = {
  version: 7,

  async up(db) {
    await db.schema
      .createTable('event_lanes')
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('leased_until', 'bigint')
      .addColumn('turn', 'integer', (column) => column.notNull())
      .addColumn('additions', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('event_lanes_pk', ['url', 'user_id'])
      .execute()
    await db.schema
      .createIndex('event_lanes_by_due')
      .on('event_lanes')
      .columns(['url', 'due_at'])
      .execute()

    await db.schema
      .createTable('event_deliveries')
      .addColumn('event_id', 'text', (column) => column.notNull())
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('last_status', 'integer')
      .addColumn('failed_at', 'bigint')
      .addPrimaryKeyConstraint('event_deliveries_pk', ['event_id', 'url'])
      .execute()
    await db.schema
      .createIndex('event_deliveries_by_lane')
      .on('event_deliveries')
      .columns(['url', 'user_id', 'failed_at', 'sequence'])
      .execute()
    await db.schema
      .createIndex('event_deliveries_by_failure')
      .on('event_deliveries')
      .columns(['failed_at', 'event_id'])
      .execute()
  },
}
