/** What middleware leaves for routes and for the problem page. */
export interface AppEnv {
  Variables: {
    requestId: string
    publicUrl: string
    /** Where the visitor was going, once known: a login begun again leads there too. */
    next?: string
    /** Set at the endpoints whose errors RFC 6749 prescribes. */
    hasOAuthErrors?: boolean
  }
}
