import type { Migration } from '../migrate.ts'

export const eventsAndJobs: Migration = {
  version: 3,

  async up(db) {
    await db.schema.alterTable('users').addColumn('sealed_key', 'text').execute()
    await db.schema
      .alterTable('users')
      .addColumn('event_sequence', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema
      .alterTable('identities')
      .addColumn('state', 'text', (column) => column.notNull().defaultTo('linked'))
      .execute()
    await db.schema.alterTable('sessions').addColumn('kakao_id', 'text').execute()
    await db.schema.alterTable('one_time_codes').addColumn('kakao_id', 'text').execute()

    await db.schema
      .createTable('audit_log')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text')
      .addColumn('session_id', 'text')
      .addColumn('sealed_origin', 'text')
      .addColumn('result', 'text', (column) => column.notNull())
      .addColumn('code', 'text')
      .addColumn('request_id', 'text')
      .execute()
    await db.schema
      .createIndex('audit_log_by_user')
      .on('audit_log')
      .columns(['user_id', 'id'])
      .execute()

    await db.schema
      .createTable('jobs')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('sealed_payload', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('leased_until', 'bigint')
      .addColumn('failed_at', 'bigint')
      .execute()
    await db.schema.createIndex('jobs_by_due').on('jobs').columns(['failed_at', 'due_at']).execute()
    await db.schema.createIndex('jobs_by_subject').on('jobs').columns(['kind', 'subject']).execute()
  },
}
