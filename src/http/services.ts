import type { Config } from '../config/index.ts'
import type { RevokeDeps } from '../consents/index.ts'
import type { Db, Engine, Eraser, StoreWatch } from '../db/index.ts'
import type { EventListeners, Transact } from '../events/index.ts'
import type { JobQueue, Worker } from '../jobs/index.ts'
import type { KakaoClient } from '../kakao/index.ts'
import type { KeptTokens } from '../kept-tokens/index.ts'
import type { RateLimits } from '../limits/index.ts'
import type { Logger } from '../log.ts'
import type {
  AttemptSealer,
  FinishLoginDeps,
  LogoutDeps,
  LogoutState,
  NativeLoginDeps,
  StartLoginDeps,
  WithdrawalTickets,
} from '../login/index.ts'
import type { Metrics } from '../metrics/index.ts'
import type { Sessions } from '../sessions/index.ts'
import type { AccessTokens, OneTimeCodes, SigningKeys, TokenSets } from '../tokens/index.ts'
import type { Tracer } from '../tracing/index.ts'
import type { AccountStatusDeps, ReconcileDeps } from '../webhooks/index.ts'
import type { WithdrawDeps } from '../withdrawal/index.ts'

/** What the endpoints work with, put together once at the start. */
export interface Services {
  readonly config: Config
  readonly db: Db
  readonly engine: Engine
  readonly kakao: KakaoClient
  readonly transact: Transact
  readonly limits: RateLimits
  /** Says whether sessions are checked from memory: `isCurrent`. */
  readonly watch: StoreWatch
  readonly sessions: Sessions
  readonly jobs: JobQueue
  readonly keptTokens: KeptTokens
  readonly withdrawal: WithdrawDeps
  readonly eraser: Eraser
  readonly webhooks: AccountStatusDeps & ReconcileDeps
  /** Who is told of events, and what becomes of what is old. */
  readonly events: {
    readonly deliveries: Worker
    readonly listeners: EventListeners
    sweep(): Promise<void>
  }
  readonly signingKeys: SigningKeys
  readonly accessTokens: AccessTokens
  readonly tokenSets: TokenSets
  readonly oneTimeCodes: OneTimeCodes
  readonly attemptSealer: AttemptSealer
  readonly logoutState: LogoutState
  readonly startLogin: StartLoginDeps
  readonly finishLogin: FinishLoginDeps
  readonly nativeLogin: NativeLoginDeps
  readonly logout: LogoutDeps
  readonly withdrawalTickets: WithdrawalTickets
  readonly revokeConsent: RevokeDeps
  readonly log: Logger
  readonly metrics: Metrics
  readonly tracer: Tracer
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}
