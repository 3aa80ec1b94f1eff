import type { CompleteSeed } from '../seed/seed.ts'
import { type App, toApps } from './apps.ts'
import type { PendingLogin, SignIn } from './browsers.ts'
import { type CallLog, createCallLog } from './call-log.ts'
import { createExpiringMap, type ExpiringMap } from './expiring-map.ts'
import type { AccessToken, AuthorizationCode, IssuedToken } from './grants.ts'
import { createIssueLog, type IssueLog } from './issue-log.ts'
import { createLinks, type Links } from './links.ts'
import { type Person, toPeople } from './people.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Everything an emulator remembers. A reset replaces it whole. */
export interface State {
  readonly apps: readonly App[]
  readonly people: Map<string, Person>
  readonly links: Links
  /** By the id in the browser's cookie. */
  readonly signIns: ExpiringMap<SignIn>
  readonly pendingLogins: ExpiringMap<PendingLogin>
  readonly codes: ExpiringMap<AuthorizationCode>
  readonly accessTokens: ExpiringMap<AccessToken>
  readonly refreshTokens: ExpiringMap<IssuedToken>
  readonly issueLog: IssueLog
  /** When each app asked for ids of its users. */
  readonly userIdsCalls: CallLog
}

export function createState(seed: CompleteSeed): State {
  return {
    apps: toApps(seed.apps),
    people: toPeople(seed.people),
    links: createLinks(),
    signIns: createExpiringMap(),
    pendingLogins: createExpiringMap(),
    codes: createExpiringMap(),
    // kapi says which token has expired and which never was.
    accessTokens: createExpiringMap(DAY_MS),
    refreshTokens: createExpiringMap(),
    issueLog: createIssueLog(),
    userIdsCalls: createCallLog(),
  }
}
