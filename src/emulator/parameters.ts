import { KauthError } from './errors/kauth-error.ts'

/** Request parameters by name. One sent without a value counts as not sent (RFC 6749, section 3.1). */
export type Parameters = ReadonlyMap<string, string>

/**
 * Reads parameters of kauth.
 *
 * @throws {KauthError} KOE001: one is sent twice.
 */
export function readParameters(text: URLSearchParams): Parameters {
  const parameters = new Map<string, string>()
  const names = new Set<string>()
  for (const [name, value] of text) {
    if (names.has(name)) throw new KauthError('KOE001')
    names.add(name)
    if (value !== '') parameters.set(name, value)
  }
  return parameters
}

const FORM = 'application/x-www-form-urlencoded'

/** The form in a request's body; anything else is read as an empty form. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? ''
  const isForm = type.split(';', 1)[0]?.trim().toLowerCase() === FORM
  return new URLSearchParams(isForm ? await request.text() : '')
}

/** Takes a list apart: Kakao's documents use commas, its SDKs spaces. */
export function readList(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(/[\s,]+/).filter((part) => part !== ''))]
}

/** The parameters in a request's query. */
export function queryOf(request: Request): URLSearchParams {
  return new URL(request.url).searchParams
}
