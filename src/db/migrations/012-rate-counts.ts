import type { Migration } from '../migrate.ts'

export const rateCounts: Migration = {
  version: 12,

  async up(db) {
    await db.schema
      .createTable('rate_counts')
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('instance', 'text', (column) => column.notNull())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addColumn('ends_at', 'bigint', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('rate_counts_key', ['key', 'instance'])
      .execute()
    await db.schema
      .createIndex('rate_counts_by_change')
      .on('rate_counts')
      .columns(['changed_at'])
      .execute()
    await db.schema
      .createIndex('rate_counts_by_end')
      .on('rate_counts')
      .columns(['ends_at'])
      .execute()
  },
}
