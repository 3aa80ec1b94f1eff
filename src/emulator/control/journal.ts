/** A request that the emulator received. */
export interface JournalEntry {
  readonly method: string
  readonly path: string
  /** A parameter sent several times is a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>
  /** HTTP status of the answer; 0 where the connection was dropped. */
  readonly status: number
  /** RFC 3339, by the emulator's clock. */
  readonly at: string
}

/** The requests received, oldest first. */
export interface Journal {
  add(request: Request, status: number, at: Date): void
  entries(): readonly JournalEntry[]
  clear(): void
}

/** The oldest are forgotten beyond this. */
const CAPACITY = 10_000

const SECRETS = new Set([
  'access_token',
  'app_key',
  'client_secret',
  'code',
  'code_verifier',
  'id_token',
  'id_token_hint',
  'refresh_token',
  'request',
])

export function createJournal(): Journal {
  let entries: JournalEntry[] = []

  return {
    add(request, status, at) {
      const { pathname, searchParams } = new URL(request.url)
      const query = toMaskedQuery(searchParams)
      entries.push({ method: request.method, path: pathname, query, status, at: at.toISOString() })
      // Twice the capacity, so that the copying is rare.
      if (entries.length >= CAPACITY * 2) entries = entries.slice(-CAPACITY)
    },
    entries: () => entries.slice(-CAPACITY),
    clear() {
      entries = []
    },
  }
}

function toMaskedQuery(parameters: URLSearchParams): JournalEntry['query'] {
  const entries = [...new Set(parameters.keys())].map((name) => {
    const values = parameters.getAll(name).map((value) => (SECRETS.has(name) ? '***' : value))
    const [first = ''] = values
    return [name, values.length > 1 ? values : first] as const
  })
  return Object.fromEntries(entries)
}
