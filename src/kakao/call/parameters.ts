import type { KakaoEndpoint, KakaoParameter, ParameterEncoding } from '../endpoints/endpoint.ts'

/** What a parameter takes, by how it is written. */
interface ValueByEncoding {
  readonly text: string
  readonly json: readonly string[] | { readonly [name: string]: string }
  readonly ids: readonly string[]
  readonly spaces: readonly string[]
  readonly commas: readonly string[]
}

type ValueOf<P> = P extends { readonly as: infer As extends ParameterEncoding }
  ? ValueByEncoding[As]
  : never

type RequiredIn<Parameters> = {
  [Name in keyof Parameters]: Parameters[Name] extends { readonly need: 'required' } ? Name : never
}[keyof Parameters]

/** The parameters that a call sends, by the names and kinds that its endpoint lists. */
export type ParametersOf<E extends KakaoEndpoint> = {
  readonly [Name in RequiredIn<E['parameters']>]: ValueOf<E['parameters'][Name]>
} & {
  readonly [Name in keyof E['parameters']]?: ValueOf<E['parameters'][Name]> | undefined
}

/** Writes values as Kakao wants them. What is `undefined` or empty is not sent. */
export function toParameters<E extends KakaoEndpoint>(
  endpoint: E,
  values: ParametersOf<E>,
): URLSearchParams {
  const given: { readonly [name: string]: unknown } = values
  const parameters = new URLSearchParams()
  for (const [name, { as }] of Object.entries<KakaoParameter>(endpoint.parameters)) {
    const text = toText(as, given[name])
    if (text !== '') parameters.append(name, text)
  }
  return parameters
}

function toText(as: ParameterEncoding, value: unknown): string {
  if (value === undefined) return ''
  if (as === 'json') return JSON.stringify(value)
  if (!Array.isArray(value)) return String(value)
  // Written as numbers these would lose digits, and as text Kakao does not read them.
  if (as === 'ids') return `[${value.join(',')}]`
  return value.join(as === 'commas' ? ',' : ' ')
}

/** A plus sign means a space in forms only; in a query `%20` is read alike everywhere. */
export function toQuery(parameters: URLSearchParams): string {
  const text = parameters.toString().replaceAll('+', '%20')
  return text === '' ? '' : `?${text}`
}
