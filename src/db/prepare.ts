import type { Compilable, CompiledQuery, QueryResult } from 'kysely'
import type { Db } from './schema.ts'

/** What a statement can be asked with. No list: a statement is made for so many. */
type Value = string | number | null

/** Stands in a statement for a value that is not known yet. */
class Mark {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** A statement made for one engine. */
interface Prepared {
  readonly query: CompiledQuery
  /** How many values it takes. */
  readonly size: number
}

/**
 * Has a statement made once and asked often: Kysely takes longer to put one together than SQLite to
 * answer it.
 *
 * @param make Makes the statement. In place of values it is handed marks, which can be passed on and
 * not looked into: whatever has to be worked out of a value is worked out before.
 * @returns What asks it. It wants the same fields each time.
 */
export function prepare<Input extends Readonly<Record<keyof Input, Value>>, Row>(
  make: (db: Db, input: Input) => Compilable<Row>,
): (db: Db, input: Input) => Promise<QueryResult<Row>> {
  const byEngine = new WeakMap<object, Prepared>()

  function find(db: Db, input: Input): Prepared {
    // A store and its transactions have one adapter.
    const { adapter } = db.getExecutor()
    const known = byEngine.get(adapter)
    if (known !== undefined) return known
    const names = Object.keys(input)
    const marks = Object.fromEntries(names.map((name) => [name, new Mark(name)]))
    const prepared = { query: make(db, marks as unknown as Input).compile(), size: names.length }
    byEngine.set(adapter, prepared)
    return prepared
  }

  return async (db, input) => {
    const { query, size } = find(db, input)
    const values = new Map<string, Value>(Object.entries(input))
    const toValue = (one: unknown) => (one instanceof Mark ? take(values, one.name) : one)
    if (values.size !== size) throw otherFields()
    const parameters = query.parameters.map(toValue)
    return await db.executeQuery<Row>({ ...query, parameters })
  }
}

function take(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name)
  if (value === undefined) throw otherFields()
  return value
}

function otherFields(): TypeError {
  return new TypeError('a statement is asked with other fields than it was made with')
}
