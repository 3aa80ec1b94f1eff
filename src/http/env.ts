import type { IncomingMessage } from 'node:http'
import type { Circumstances } from '../events/index.ts'

/** What middleware leaves for routes and for the problem page. */
export interface AppEnv {
  Bindings: {
    /** Node's own view of the request; other adapters have none. */
    incoming?: IncomingMessage
  }
  Variables: {
    requestId: string
    circumstances: Circumstances
    publicUrl: string
    /** The path of the endpoint, with names for what varies; absent: there is no such endpoint. */
    route?: string
    /** Where the visitor was going, once known: a login begun again leads there too. */
    next?: string
    /** Whether the request turned out to come from a user who is signed in. */
    isSignedIn?: boolean
    /** Set at the endpoints whose errors RFC 6749 prescribes. */
    hasOAuthErrors?: boolean
  }
}
