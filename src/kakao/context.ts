import type { KakaoRequestReport } from './call/outcome.ts'
import type { KakaoClientOptions } from './client-types.ts'

/** The client's options with every default filled in. */
export interface KakaoContext {
  readonly restApiKey: string
  readonly clientSecret: string | undefined
  readonly kauthUrl: string
  readonly kapiUrl: string
  readonly fetch: typeof fetch
  readonly now: () => Date
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly timeoutMs: number
  readonly onError: (error: Error) => void
  readonly onRequest: (report: KakaoRequestReport) => void
}

export function toContext(options: KakaoClientOptions): KakaoContext {
  return {
    restApiKey: options.restApiKey,
    clientSecret: options.clientSecret,
    kauthUrl: withoutTrailingSlash(options.kauthUrl ?? 'https://kauth.kakao.com'),
    kapiUrl: withoutTrailingSlash(options.kapiUrl ?? 'https://kapi.kakao.com'),
    fetch: options.fetch ?? fetch,
    now: options.now ?? (() => new Date()),
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleep,
    timeoutMs: options.timeoutMs ?? 5000,
    onError: options.onError ?? (() => undefined),
    onRequest: options.onRequest ?? (() => undefined),
  }
}

function withoutTrailingSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
