import pg from 'pg'
import type { Statement } from './collect-statements.ts'
import type { Explain } from './explain.ts'

/** As `explain (format json)` gives it, as far as we look. */
interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly PlanNode[]
}

/** Asks PostgreSQL how it would go about statements. */
export async function openPostgresExplain(url: string): Promise<Explain> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const tables = await client.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = current_schema()',
  )
  for (const { name } of tables.rows) await client.query(`analyze ${name}`)

  return {
    async explain(statement: Statement) {
      const plans = [await explainOnce(client, statement), await explainPrepared(client, statement)]
      const indexes = plans.flatMap(flatten).flatMap((node) => node['Index Name'] ?? [])
      return {
        scanned: plans
          .flatMap((plan) => findScans(plan))
          .flatMap((node) => node['Relation Name'] ?? []),
        indexes: [...new Set(indexes)],
      }
    },
    close: async () => await client.end(),
  }
}

async function explainOnce(client: pg.Client, { sql, parameters }: Statement): Promise<PlanNode> {
  const { rows } = await client.query(`explain (format json) ${sql}`, [...parameters])
  return rows[0]['QUERY PLAN'][0].Plan
}

/** PostgreSQL plans a prepared statement anew this often before it may keep one plan for all. */
const PLANNED_ANEW = 5

/** The plan a connection comes to that has prepared a statement. */
async function explainPrepared(
  client: pg.Client,
  { sql, parameters }: Statement,
): Promise<PlanNode> {
  const values = parameters.map((value) => toLiteral(client, value)).join(', ')
  await client.query(`prepare explained as ${sql}`)
  const execute = values === '' ? 'execute explained' : `execute explained (${values})`
  const explain = async () => await client.query(`explain (format json) ${execute}`)
  for (let time = 0; time < PLANNED_ANEW; time++) await explain()
  const { rows } = await explain()
  await client.query('deallocate explained')
  return rows[0]['QUERY PLAN'][0].Plan
}

function toLiteral(client: pg.Client, value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return `array[${value.map((one) => toLiteral(client, one)).join(', ')}]`
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'`
  return client.escapeLiteral(String(value))
}

/** An index read without a condition is read from end to end as well, where no limit stops it. */
function findScans(node: PlanNode, isLimited = false): PlanNode[] {
  const type = node['Node Type']
  const isByIndex = type === 'Index Scan' || type === 'Index Only Scan'
  const isScan = type === 'Seq Scan' || (isByIndex && !isLimited && !node['Index Cond'])
  const below = (node.Plans ?? []).flatMap((one) => findScans(one, isLimited || type === 'Limit'))
  return isScan ? [node, ...below] : below
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)]
}
