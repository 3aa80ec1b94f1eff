declare module 'passport' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

  export class Authenticator {
    use(strategy: object): this
    authenticate(
      strategy: string,
      options: { session: false },
      callback?: (error: unknown, user: unknown, info: unknown) => void,
    ): Handler
  }

  const passport: { Authenticator: typeof Authenticator }
  export default passport
}
