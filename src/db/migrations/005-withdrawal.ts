import type { Migration } from '../migrate.ts'

export const withdrawal: Migration = {
  version: 5,

  async up(db) {
    await db.schema
      .createTable('departed_users')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('departed_at', 'bigint', (column) => column.notNull())
      .addColumn('withdrawn_by', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .execute()

    await db.schema
      .createTable('rejoin_bars')
      .addColumn('kakao_id_hash', 'text', (column) => column.primaryKey())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('rejoin_bars_by_expiry')
      .on('rejoin_bars')
      .columns(['expires_at'])
      .execute()

    await db.schema
      .createTable('ended_links')
      .addColumn('kakao_id_hash', 'text', (column) => column.primaryKey())
      .addColumn('ended_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('ended_links_by_expiry')
      .on('ended_links')
      .columns(['expires_at'])
      .execute()

    await db.schema
      .createTable('retained_access_keys')
      .addColumn('user_id', 'text', (column) => column.primaryKey())
      .addColumn('sealed_key', 'text', (column) => column.notNull())
      .addColumn('erase_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('retained_access_keys_by_end')
      .on('retained_access_keys')
      .columns(['erase_at'])
      .execute()
    await db.schema
      .createTable('retained_access_log')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('sealed_origin', 'text', (column) => column.notNull())
      .addColumn('erase_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('retained_access_log_by_end')
      .on('retained_access_log')
      .columns(['erase_at'])
      .execute()
    await db.schema
      .createTable('retained_consents')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('consent_id', 'text', (column) => column.notNull())
      .addColumn('agreed', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('path', 'text', (column) => column.notNull())
      .addColumn('erase_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('retained_consents_by_end')
      .on('retained_consents')
      .columns(['erase_at'])
      .execute()
  },
}
