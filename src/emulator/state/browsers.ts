import type { AuthorizeRequest } from '../authorize/authorize-request.ts'

/** Someone signed in at Kakao in a browser. */
export interface SignIn {
  readonly personId: string
  readonly authenticatedAt: Date
  readonly expiresAt: Date
}

/** A login on its way through the pages; each tab has its own. */
export interface PendingLogin {
  readonly request: AuthorizeRequest
  /** The browser it began in: no other may go on with it. */
  readonly browserId: string
  /** Who signed in within this login, which is what `prompt=login` asks for. */
  signedInAs?: string
  readonly expiresAt: Date
}
