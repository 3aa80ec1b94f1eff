import { ProblemError } from '../../errors.ts'
import type { Circumstances } from '../../events/index.ts'
import { type ExchangeCodeDeps, exchangeOneTimeCode } from '../../login/index.ts'
import type { TokenSets } from '../../tokens/index.ts'
import { PATHS } from '../paths.ts'
import { type Body, readFormBody, readText } from '../read-body.ts'
import type { Route } from '../route.ts'
import { toLoginView, toTokenView } from '../token-answer.ts'

export interface TokenRouteDeps {
  readonly tokenSets: TokenSets
  readonly exchange: ExchangeCodeDeps
}

/** `POST /oauth/token/`: tokens for a one-time code or for a refresh token (RFC 6749, 4.1.3, 6). */
export function tokenRoute(deps: TokenRouteDeps): Route {
  return {
    method: 'post',
    path: PATHS.token,
    hasOAuthErrors: true,
    limit: 'token',

    async handle(context) {
      const body = await readFormBody(context)
      const answer = await grant(deps, { body, circumstances: context.get('circumstances') })

      // RFC 6749, section 5.1.
      context.header('pragma', 'no-cache')
      return context.json(answer)
    },
  }
}

interface GrantRequest {
  readonly body: Body
  readonly circumstances: Circumstances
}

async function grant(deps: TokenRouteDeps, request: GrantRequest): Promise<object> {
  switch (getText(request.body, 'grant_type')) {
    case 'refresh_token':
      return await refresh(deps, request)
    case 'authorization_code':
      return await exchangeCode(deps, request)
    default:
      throw new ProblemError('grant_type_unsupported')
  }
}

async function refresh(
  { tokenSets }: TokenRouteDeps,
  { body, circumstances }: GrantRequest,
): Promise<object> {
  const tokens = await tokenSets.refresh(getText(body, 'refresh_token'), circumstances)
  if (tokens === undefined) throw new ProblemError('grant_invalid')
  return toTokenView(tokens)
}

async function exchangeCode(
  { exchange }: TokenRouteDeps,
  { body, circumstances }: GrantRequest,
): Promise<object> {
  const login = await exchangeOneTimeCode(exchange, {
    code: getText(body, 'code'),
    codeVerifier: getText(body, 'code_verifier'),
    redirectUri: readText(body, 'redirect_uri'),
    circumstances,
  })
  if (login === undefined) throw new ProblemError('grant_invalid')
  const tokens = await exchange.tokenSets.complete(login.given)
  return { ...toTokenView(tokens), ...toLoginView(login) }
}

function getText(body: Body, name: string): string {
  const text = readText(body, name)
  if (text !== undefined) return text
  throw new ProblemError('parameter_invalid', { detail: `The parameter ${name} is missing.` })
}
