import type { Migration } from '../migrate.ts'

export const usersAndSessions: Migration = {
  version: 1,

  async up(db) {
    await db.schema
      .createTable('users')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('nickname', 'text')
      .addColumn('picture', 'text')
      .addColumn('email', 'text')
      .addColumn('email_verified', 'integer', (column) => column.notNull())
      .addColumn('email_state', 'text')
      .addColumn('phone_number', 'text')
      .addColumn('profile_read_at', 'bigint')
      .execute()

    await db.schema
      .createTable('identities')
      .addColumn('kakao_id', 'text', (column) => column.primaryKey())
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('linked_at', 'bigint', (column) => column.notNull())
      .addColumn('last_login_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('identities_by_user')
      .on('identities')
      .columns(['user_id'])
      .execute()

    await db.schema
      .createTable('sessions')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('sessions_by_user')
      .on('sessions')
      .columns(['user_id', 'created_at'])
      .execute()
    await db.schema
      .createIndex('sessions_by_expiry')
      .on('sessions')
      .columns(['expires_at'])
      .execute()

    await db.schema
      .createTable('login_claims')
      .addColumn('code_hash', 'text', (column) => column.primaryKey())
      .addColumn('state_hash', 'text', (column) => column.notNull().unique())
      .addColumn('claimed_at', 'bigint', (column) => column.notNull())
      .addColumn('held_until', 'bigint', (column) => column.notNull())
      .addColumn('answered_at', 'bigint')
      .addColumn('answer', 'text')
      .execute()
    await db.schema
      .createIndex('login_claims_by_age')
      .on('login_claims')
      .columns(['claimed_at'])
      .execute()

    await db.schema
      .createTable('store_facts')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute()
  },
}
