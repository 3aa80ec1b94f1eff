import { join } from 'node:path'
import { fillStoreAt } from './fill-store-at.ts'
import { createFolder } from './folders.ts'
import { type KakaoStandIn, startKakao } from './kakao.ts'
import { GENERATOR, type Parts } from './measure.ts'
import { type BenchServer, startBare, startDaemun } from './server.ts'
import { readCpuSeconds } from './usage.ts'

/** Daemun on SQLite and the bare server, on the same core; all else is on the other. */
export interface OneCore {
  readonly kakao: KakaoStandIn
  readonly bare: BenchServer
  readonly daemun: BenchServer
  close(): Promise<void>
}

/** How many returning users and sessions count as an ordinary small store. */
export const SMALL_STORE = { users: 5_000, sessions: 25_000 }

export async function startOneCore(): Promise<OneCore> {
  const databaseUrl = `sqlite:${join(await createFolder(), 'daemun.db')}`
  await fillStoreAt(databaseUrl, SMALL_STORE)
  const kakao = await startKakao('1')
  const bare = await startBare(kakao.url)
  const daemun = await startDaemun({ cpus: '0', databaseUrl, kakaoUrl: kakao.url })
  return {
    kakao,
    bare,
    daemun,
    async close() {
      await Promise.all([bare.stop(), daemun.stop(), kakao.stop()])
    },
  }
}

export function toParts(server: BenchServer): Parts {
  return { server: () => readCpuSeconds(server.pid), ...GENERATOR }
}
