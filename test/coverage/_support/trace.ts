/** A request to the emulator with its answer. */
export interface Exchange {
  readonly method: string
  readonly path: string
  /** The names of its parameters, in the query or the form. */
  readonly parameters: readonly string[]
  readonly status: number
  /** Where the answer sends the browser. */
  readonly location: string | null
  /** Read as JSON, where it is. */
  readonly body: unknown
  readonly response: Response
}

/** A parameter of one endpoint that is to arrive with another value. */
export interface ParameterChange {
  readonly path: string
  readonly parameter: string
  readonly value: string
}

/** Sends a request and notes what came of it. */
export async function recordExchange(
  request: Request,
  send: (request: Request) => Promise<Response>,
  change: ParameterChange | undefined,
): Promise<Exchange> {
  const { pathname: path, searchParams } = new URL(request.url)
  const form = request.method === 'POST' ? new URLSearchParams(await request.clone().text()) : null
  const names = [...searchParams.keys(), ...(form?.keys() ?? [])]
  const response = await send(change?.path === path ? withChange(request, form, change) : request)
  const text = await response.clone().text()
  return {
    method: request.method,
    path,
    parameters: names,
    status: response.status,
    location: response.headers.get('location'),
    body: findJson(text),
    response,
  }
}

function withChange(
  request: Request,
  form: URLSearchParams | null,
  { parameter, value }: ParameterChange,
): Request {
  if (form?.has(parameter) === true) {
    form.set(parameter, value)
    return new Request(request.url, {
      method: request.method,
      headers: request.headers,
      body: form,
    })
  }
  const url = new URL(request.url)
  if (url.searchParams.has(parameter)) url.searchParams.set(parameter, value)
  return new Request(url, request)
}

function findJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a run looked like from outside, without what is random on purpose: key ids and signatures. */
export function toComparable(exchanges: readonly Exchange[]): string {
  const lines = exchanges.map(({ path, status, location, body }) =>
    JSON.stringify({ path, status, location, body }, (name, member: unknown) => {
      if (name === 'kid') return undefined
      return name === 'id_token' && typeof member === 'string' ? member.split('.')[1] : member
    }),
  )
  return lines.join('\n')
}

/** The fields of an answer: of its body, or what it adds to the address that it leads to. */
export function listToldFields({ body, location }: Exchange): string[] {
  const added = URL.canParse(location ?? '') ? [...new URL(location ?? '').searchParams.keys()] : []
  return [...listFieldPaths(body), ...added]
}

/** The fields of a body with the way to each, such as `scopes[].id`. */
export function listFieldPaths(body: unknown): string[] {
  // A bare list is what the documentation elsewhere puts into an object.
  return Array.isArray(body) ? walk({ elements: body }, '') : walk(body, '')
}

function walk(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => walk(item, `${path}[]`))
  if (typeof value !== 'object' || value === null) return []
  // Events stand under their URI.
  if (path === 'events') return Object.values(value).flatMap((item) => walk(item, 'events[]'))
  return Object.entries(value).flatMap(([name, member]) => {
    const here = path === '' ? name : `${path}.${name}`
    return [here, ...walk(member, here)]
  })
}
