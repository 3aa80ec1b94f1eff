import { sql } from 'kysely'
import type { Db } from '../../db/index.ts'
import type { Route } from '../route.ts'

/** `GET /healthz`: the process answers. */
export function healthRoute(): Route {
  return {
    method: 'get',
    path: '/healthz',
    handle: (context) => context.json({ status: 'ok' }),
  }
}

/** `GET /readyz`: the store answers too; without it 503 `store_unavailable`. */
export function readyRoute({ db }: { db: Db }): Route {
  return {
    method: 'get',
    path: '/readyz',
    async handle(context) {
      await sql`select 1`.execute(db)
      return context.json({ status: 'ok' })
    },
  }
}
