/** For resource servers: checks Daemun's access tokens by its published keys. */
export { KeysUnavailableError, type TokenInvalidCode, TokenInvalidError } from './errors.ts'
export {
  type ExpressResponse,
  expressAuth,
  type FastifyReply,
  fastifyAuth,
  type HonoContext,
  honoAuth,
} from './frameworks.ts'
export {
  type AccessTokenClaims,
  createVerifier,
  type Verifier,
  type VerifierOptions,
} from './verifier.ts'
