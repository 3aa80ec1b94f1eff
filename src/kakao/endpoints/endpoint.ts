/**
 * How a value is written into its parameter.
 *
 * - `text`: as it is; `json`: JSON text; `ids`: a JSON list of bare numbers, however long.
 * - `spaces`, `commas`: a list, joined so.
 */
export type ParameterEncoding = 'text' | 'json' | 'ids' | 'spaces' | 'commas'

export interface KakaoParameter {
  /** `admin`: with the admin key only, to name the person; `depends`: on the others sent. */
  readonly need: 'required' | 'optional' | 'depends' | 'admin'
  readonly as: ParameterEncoding
}

/** One endpoint of Kakao Login, as the client calls it. */
export interface KakaoEndpoint {
  /** Its place in the list, from 1 to 21. */
  readonly number: number
  readonly host: 'kauth' | 'kapi'
  readonly path: `/${string}`
  /** What Kakao accepts; the client uses the first. */
  readonly methods: readonly ['GET'] | readonly ['POST'] | readonly ['GET', 'POST']
  /** `browser`: a person's browser goes there, nothing is called. */
  readonly auth: readonly ('browser' | 'none' | 'user' | 'admin')[]
  readonly parameters: { readonly [name: string]: KakaoParameter }
  /** Whether the answer may be a bare list, then read as an object's `elements`. */
  readonly mayAnswerList?: true
  /** `safe`: a call may be repeated after a failure that passes; see `CallOptions.retries`. */
  readonly retry: 'safe' | 'never'
  readonly retryReason: string
}

export const REQUIRED = { need: 'required', as: 'text' } as const
export const OPTIONAL = { need: 'optional', as: 'text' } as const
export const DEPENDS = { need: 'depends', as: 'text' } as const
export const OPTIONAL_JSON = { need: 'optional', as: 'json' } as const
export const REQUIRED_JSON = { need: 'required', as: 'json' } as const
export const OPTIONAL_SPACES = { need: 'optional', as: 'spaces' } as const
export const OPTIONAL_COMMAS = { need: 'optional', as: 'commas' } as const
export const REQUIRED_COMMAS = { need: 'required', as: 'commas' } as const

/** How a call with the admin key names the person. */
export const TARGET = {
  target_id_type: { need: 'admin', as: 'text' },
  target_id: { need: 'admin', as: 'text' },
} as const
