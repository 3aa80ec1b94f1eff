import type { Migration } from '../migrate.ts'

export const links: Migration = {
  version: 8,

  async up(db) {
    await db.schema.alterTable('kakao_tokens').addColumn('renew_at', 'bigint').execute()
    await db.schema.alterTable('kakao_tokens').addColumn('leased_until', 'bigint').execute()
    await db.schema
      .createIndex('kakao_tokens_by_renewal')
      .on('kakao_tokens')
      .columns(['renew_at'])
      .execute()
    await db.schema.alterTable('one_time_codes').addColumn('sealed_kakao_tokens', 'text').execute()
  },
}
