import type { Migration } from '../migrate.ts'

export const consents: Migration = {
  version: 4,

  async up(db) {
    await db.schema.alterTable('identities').addColumn('read_at', 'bigint').execute()
    await db.schema
      .alterTable('identities')
      .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()

    await db.schema
      .createTable('consents')
      .addColumn('kakao_id', 'text', (column) =>
        column.notNull().references('identities.kakao_id').onDelete('cascade'),
      )
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('agreed', 'integer', (column) => column.notNull())
      .addColumn('required', 'integer')
      .addColumn('revocable', 'integer')
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('path', 'text', (column) => column.notNull())
      .addColumn('changes', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('consents_key', ['kakao_id', 'kind', 'id'])
      .execute()
    await db.schema
      .createTable('consent_changes')
      .addColumn('kakao_id', 'text', (column) =>
        column.notNull().references('identities.kakao_id').onDelete('cascade'),
      )
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('agreed', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('path', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('consent_changes_key', ['kakao_id', 'kind', 'id', 'number'])
      .execute()

    await db.schema
      .createTable('profiles')
      .addColumn('user_id', 'text', (column) =>
        column.primaryKey().references('users.id').onDelete('cascade'),
      )
      .addColumn('fields', 'text', (column) => column.notNull())
      .execute()
  },
}
