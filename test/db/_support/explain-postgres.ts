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
    async explain({ sql, parameters }: Statement) {
      const { rows } = await client.query(`explain (format json) ${sql}`, [...parameters])
      const plan = rows[0]['QUERY PLAN'][0].Plan as PlanNode
      const nodes = flatten(plan)
      return {
        scanned: findScans(plan).flatMap((node) => node['Relation Name'] ?? []),
        indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
      }
    },
    close: async () => await client.end(),
  }
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
