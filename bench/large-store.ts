/** A store of a million users and five million sessions against a small one, on both engines. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type StoreSize, toCookie } from './_support/fill-store.ts'
import { fillStoreAt } from './_support/fill-store-at.ts'
import { createFolder } from './_support/folders.ts'
import { type KakaoStandIn, startKakao } from './_support/kakao.ts'
import { runLoad } from './_support/load.ts'
import { measureLogins } from './_support/login-rounds.ts'
import { expectStatus, toCheck } from './_support/logins.ts'
import { GENERATOR, type Measured, measureLoad, toFigures, toMedians } from './_support/measure.ts'
import { SMALL_STORE, toParts } from './_support/one-core.ts'
import { type BenchPostgres, query, startPostgres } from './_support/postgres.ts'
import { type Benchmark, print, type Report } from './_support/report.ts'
import { type BenchServer, startDaemun } from './_support/server.ts'
import { round } from './_support/statistics.ts'

const CONNECTIONS = 16
const LARGE_STORE = { users: 1_000_000, sessions: 5_000_000 }

type Figures = Readonly<Record<string, number>>
type EngineName = 'SQLite' | 'PostgreSQL'

interface Filled {
  readonly size: StoreSize
  readonly databaseUrl: string
  readonly megabytes: number
}

/** A filled store with its server. */
interface Served extends Filled {
  readonly server: BenchServer
}

interface Counts {
  readonly checks: number
  readonly logins: number
  readonly rounds: number
}

export const run: Benchmark = async ({ pick }) => {
  const large = pick(LARGE_STORE, { users: 20_000, sessions: 100_000 })
  const counts = { checks: pick(2_000, 200), logins: pick(1_000, 100), rounds: pick(5, 2) }
  const kakao = await startKakao('1')
  const folder = await createFolder()
  const postgres = await startPostgres('1')
  const fill = (engine: EngineName, size: StoreSize) =>
    fillStore(engine, size, { folder, postgres })
  const stores = []
  for (const engine of ['SQLite', 'PostgreSQL'] as const) {
    const [small, big] = [await fill(engine, SMALL_STORE), await fill(engine, large)]
    stores.push({ engine, small, big })
  }
  const reports: Report[] = []
  for (const { engine, ...pair } of stores) {
    const [small, big] = [await serve(pair.small, kakao), await serve(pair.big, kakao)]
    reports.push(...(await compare(engine, { small, big }, kakao, counts)))
    await Promise.all([small.server.stop(), big.server.stop()])
  }
  await Promise.all([postgres.close(), kakao.stop()])
  return reports
}

async function fillStore(
  engine: EngineName,
  size: StoreSize,
  on: { folder: string; postgres: BenchPostgres },
): Promise<Filled> {
  const startedAt = performance.now()
  const name = `store_${size.users}`
  const path = join(on.folder, name)
  const databaseUrl =
    engine === 'SQLite' ? `sqlite:${path}` : await on.postgres.createDatabase(name)
  await fillStoreAt(databaseUrl, size)
  const bytes =
    engine === 'SQLite' ? (await stat(path)).size : await readDatabaseBytes(databaseUrl, name)
  const seconds = round((performance.now() - startedAt) / 1000)
  print(`${engine}: ${size.users} users and ${size.sessions} sessions filled in ${seconds} s\n`)
  return { size, databaseUrl, megabytes: Math.round(bytes / 2 ** 20) }
}

async function serve(filled: Filled, { url }: KakaoStandIn): Promise<Served> {
  const { databaseUrl } = filled
  return { ...filled, server: await startDaemun({ cpus: '0', databaseUrl, kakaoUrl: url }) }
}

async function readDatabaseBytes(url: string, name: string): Promise<number> {
  const [row] = await query(url, `select pg_database_size('${name}') as bytes`)
  return Number((row as { bytes: string }).bytes)
}

/** Round by round in turn, so that what else the machine does meets both. */
async function compare(
  engine: EngineName,
  stores: { readonly small: Served; readonly big: Served },
  kakao: KakaoStandIn,
  { checks, logins, rounds }: Counts,
): Promise<Report[]> {
  const drawSmall = createDraw(stores.small.size)
  const drawBig = createDraw(stores.big.size)
  const works = {
    'first check of a session': (store: Served, draw: Draw) =>
      measureChecks(store, () => draw('seen just now'), checks),
    'first check of a session not seen for an hour': (store: Served, draw: Draw) =>
      measureChecks(store, () => draw('seen an hour ago'), checks),
    'complete login': ({ server, size }: Served) =>
      measureLogins(
        { ports: [server.port], kakao, connections: CONNECTIONS, logins, users: size.users },
        toParts(server),
      ),
  }
  const reports: Report[] = []
  for (const [what, measure] of Object.entries(works)) {
    const small: Figures[] = []
    const big: Figures[] = []
    // The first round of each warms it up.
    for (let turn = 0; turn <= rounds; turn += 1) {
      small.push(toFigures(await measure(stores.small, drawSmall)))
      big.push(toFigures(await measure(stores.big, drawBig)))
    }
    reports.push(
      toReport(`${engine}: ${what}`, stores, { small: small.slice(1), big: big.slice(1) }),
    )
  }
  return reports
}

function toReport(
  title: string,
  stores: { readonly small: Filled; readonly big: Filled },
  figures: { readonly small: readonly Figures[]; readonly big: readonly Figures[] },
): Report {
  const name = ({ size, megabytes }: Filled) =>
    `${size.users} users, ${size.sessions} sessions, ${megabytes} MB`
  const small = toMedians(name(stores.small), figures.small)
  const big = toMedians(name(stores.big), figures.big)
  const cost = {
    what: 'cost, large to small',
    'per second': round(small['per second'] / big['per second']),
  }
  return { title, rows: [small, big, cost] }
}

type Age = 'seen just now' | 'seen an hour ago'
/** Draws a session that nobody has drawn before. @returns A check of it. */
type Draw = (age: Age) => string

/** Numbers in an order that looks random and repeats none: the step has no factor in common. */
function createDraw({ sessions }: StoreSize): Draw {
  const half = sessions / 2
  const step = 1_234_577
  const drawn: Record<Age, number> = { 'seen just now': 0, 'seen an hour ago': 0 }
  return (age) => {
    drawn[age] += 1
    const number = 2 * ((drawn[age] * step) % half) + (age === 'seen just now' ? 2 : 1)
    return toCheck(toCookie(number))
  }
}

async function measureChecks(
  { server }: Served,
  draw: () => string,
  count: number,
): Promise<Measured> {
  const requests = Array.from({ length: count }, draw)
  return await measureLoad({ ...toParts(server), ...GENERATOR }, () =>
    runLoad({
      ports: [server.port],
      connections: CONNECTIONS,
      count,
      work: async (connection, index) =>
        expectStatus(await connection.ask(requests[index] ?? ''), 200),
    }),
  )
}
