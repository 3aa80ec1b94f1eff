import type { CompleteSeed } from '../seed/seed.ts'
import { type App, toApps } from './apps.ts'
import type { PendingLogin, SignIn } from './browsers.ts'
import { createExpiringMap, type ExpiringMap } from './expiring-map.ts'
import type { AuthorizationCode, IssuedToken } from './grants.ts'
import { createIssueLog, type IssueLog } from './issue-log.ts'
import { createLinks, type Links } from './links.ts'
import { type Person, toPeople } from './people.ts'

/** Everything an emulator remembers. A reset replaces it whole. */
export interface State {
  readonly apps: readonly App[]
  readonly people: Map<string, Person>
  readonly links: Links
  /** By the id in the browser's cookie. */
  readonly signIns: ExpiringMap<SignIn>
  readonly pendingLogins: ExpiringMap<PendingLogin>
  readonly codes: ExpiringMap<AuthorizationCode>
  readonly accessTokens: ExpiringMap<IssuedToken>
  readonly refreshTokens: ExpiringMap<IssuedToken>
  readonly issueLog: IssueLog
}

export function createState(seed: CompleteSeed): State {
  return {
    apps: toApps(seed.apps),
    people: toPeople(seed.people),
    links: createLinks(),
    signIns: createExpiringMap(),
    pendingLogins: createExpiringMap(),
    codes: createExpiringMap(),
    accessTokens: createExpiringMap(),
    refreshTokens: createExpiringMap(),
    issueLog: createIssueLog(),
  }
}
