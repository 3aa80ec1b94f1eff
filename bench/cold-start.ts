/** From the start of the process to its first answer, against a bare `node:http` server. */
import { join } from 'node:path'
import { createFolder } from './_support/folders.ts'
import { startKakao } from './_support/kakao.ts'
import type { Benchmark, Row } from './_support/report.ts'
import { type BenchServer, startBare, startDaemun } from './_support/server.ts'
import { median, round } from './_support/statistics.ts'

export const run: Benchmark = async ({ pick }) => {
  const kakao = await startKakao('1')
  const databaseUrl = `sqlite:${join(await createFolder(), 'daemun.db')}`
  const starts = {
    'bare node:http': () => startBare(kakao.url),
    'daemun serve': () => startDaemun({ cpus: '0', databaseUrl, kakaoUrl: kakao.url }),
  }
  const times: Record<string, number[]> = { 'bare node:http': [], 'daemun serve': [] }
  // The first of each is not counted: it makes the store, and fills the page cache.
  for (let turn = 0; turn <= pick(20, 4); turn += 1) {
    for (const [what, start] of Object.entries(starts)) {
      const ms = await startOnce(start)
      if (turn > 0) times[what]?.push(ms)
    }
  }
  await kakao.stop()

  const bare = median(times['bare node:http'] ?? [])
  const rows: Row[] = Object.entries(times).map(([what, all]) => ({
    what,
    'median ms': round(median(all)),
    'longest ms': round(Math.max(...all)),
    'of bare': round(median(all) / bare),
  }))
  return [{ title: 'From start to first answer, SQLite, one core', rows }]
}

async function startOnce(start: () => Promise<BenchServer>): Promise<number> {
  const server = await start()
  await server.stop()
  return server.startMs
}
