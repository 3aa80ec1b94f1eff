/** What middleware leaves for routes and for the problem page. */
export interface AppEnv {
  Variables: {
    requestId: string
    publicUrl: string
    /** Where the visitor was going, once known: a login begun again leads there too. */
    next?: string
  }
}
