import type { VerifySignature } from '../jose/index.ts'
import type { KakaoRequestReport } from './call/outcome.ts'
import type { KakaoClientOptions } from './client-types.ts'
import { createGuards, type Guard } from './guard/guard.ts'
import type { KakaoHost, KakaoLane } from './guard/guard-types.ts'

/** The client's options with every default filled in. */
export interface KakaoContext {
  readonly restApiKey: string
  readonly clientSecret: string | undefined
  readonly kauthUrl: string
  readonly kapiUrl: string
  readonly fetch: typeof fetch
  readonly now: () => Date
  readonly tick: () => number
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly timeoutMs: number
  /** `undefined`: by Web Cryptography. */
  readonly verifySignature: VerifySignature | undefined
  readonly onError: (error: Error) => void
  readonly onRequest: (report: KakaoRequestReport) => void
  readonly guards: Readonly<Record<KakaoHost, Guard>>
  readonly lane: KakaoLane
}

export function toContext(options: KakaoClientOptions): KakaoContext {
  const { now = () => new Date(), maxCalls = 100, onBreaker = () => undefined } = options
  return {
    restApiKey: options.restApiKey,
    clientSecret: options.clientSecret,
    kauthUrl: withoutTrailingSlash(options.kauthUrl ?? 'https://kauth.kakao.com'),
    kapiUrl: withoutTrailingSlash(options.kapiUrl ?? 'https://kapi.kakao.com'),
    fetch: options.fetch ?? fetch,
    now,
    tick: options.tick ?? (() => performance.now()),
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleep,
    timeoutMs: options.timeoutMs ?? 5000,
    verifySignature: options.verifySignature,
    onError: options.onError ?? (() => undefined),
    onRequest: options.onRequest ?? (() => undefined),
    guards: createGuards({ maxCalls, now, onBreaker }),
    lane: 'visitor',
  }
}

function withoutTrailingSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
