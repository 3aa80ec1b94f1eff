import type { Cpus } from './cpus.ts'
import type { StoreSize } from './fill-store.ts'
import { fillStoreAt } from './fill-store-at.ts'
import { type KakaoStandIn, startKakao } from './kakao.ts'
import { GENERATOR, type Parts } from './measure.ts'
import { type BenchPostgres, startPostgres } from './postgres.ts'
import { type BenchServer, startDaemun } from './server.ts'
import { readCpuSeconds, readTreeCpuSeconds } from './usage.ts'

/** Two instances on one PostgreSQL. Each has a core; PostgreSQL, Kakao and the load share both. */
export interface Cluster {
  readonly postgres: BenchPostgres
  readonly databaseUrl: string
  readonly kakao: KakaoStandIn
  readonly instances: readonly [BenchServer, BenchServer]
  readonly parts: Parts
  close(): Promise<void>
}

export interface ClusterOptions {
  readonly store: StoreSize
  readonly nodeOptions?: (instance: 0 | 1) => readonly string[]
}

export async function startCluster({ store, nodeOptions }: ClusterOptions): Promise<Cluster> {
  const postgres = await startPostgres('0,1')
  const databaseUrl = await postgres.createDatabase('bench')
  await fillStoreAt(databaseUrl, store)
  const kakao = await startKakao('0,1')
  const start = async (cpus: Cpus, instance: 0 | 1) =>
    await startDaemun({
      cpus,
      databaseUrl,
      kakaoUrl: kakao.url,
      ...(nodeOptions && { nodeOptions: nodeOptions(instance) }),
    })
  const instances = [await start('0', 0), await start('1', 1)] as const
  const pids = instances.map(({ pid }) => pid)
  const postgresPid = await postgres.readPid()
  return {
    postgres,
    databaseUrl,
    kakao,
    instances,
    parts: {
      instances: async () => await addUp(pids.map(readCpuSeconds)),
      postgres: async () => await readTreeCpuSeconds(postgresPid),
      kakao: async () => await readCpuSeconds(kakao.pid),
      ...GENERATOR,
    },
    async close() {
      await Promise.all(instances.map((instance) => instance.stop()))
      await Promise.all([kakao.stop(), postgres.close()])
    },
  }
}

async function addUp(readings: readonly Promise<number>[]): Promise<number> {
  return (await Promise.all(readings)).reduce((total, seconds) => total + seconds, 0)
}
