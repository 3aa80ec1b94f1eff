import type { Db } from '../../db/index.ts'
import { ProblemError } from '../../errors.ts'
import type { Circumstances } from '../../events/index.ts'
import { encodeBase64url } from '../../jose/index.ts'
import type { KeptTokens } from '../../kept-tokens/index.ts'
import type { OneTimeCodes, TokenSets } from '../../tokens/index.ts'
import { findKakaoId, findUser } from '../../users/index.ts'
import { PATHS } from '../paths.ts'
import { type Body, readFormBody, readText } from '../read-body.ts'
import type { Route } from '../route.ts'
import { toLoginView, toTokenView } from '../token-answer.ts'

export interface TokenRouteDeps {
  readonly db: Db
  readonly tokenSets: TokenSets
  readonly oneTimeCodes: OneTimeCodes
  readonly keptTokens: KeptTokens
  readonly randomBytes: (size: number) => Uint8Array
}

/** `POST /oauth/token/`: tokens for a one-time code or for a refresh token (RFC 6749, 4.1.3, 6). */
export function tokenRoute(deps: TokenRouteDeps): Route {
  return {
    method: 'post',
    path: PATHS.token,
    hasOAuthErrors: true,

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
  deps: TokenRouteDeps,
  { body, circumstances }: GrantRequest,
): Promise<object> {
  const { db, tokenSets, oneTimeCodes, keptTokens, randomBytes } = deps
  const random = (size: number) => encodeBase64url(randomBytes(size))
  const exchange = {
    code: getText(body, 'code'),
    codeVerifier: getText(body, 'code_verifier'),
    redirectUri: readText(body, 'redirect_uri'),
    circumstances,
  }
  const exchanged = await oneTimeCodes.exchange(exchange, async (unit, grant) => {
    const { userId, kakaoId, device, sealedKakaoTokens } = grant
    const session = { id: `ses_${random(16)}`, secret: random(32), method: 'code' } as const
    const begun = await tokenSets.begin(unit, { ...session, userId, kakaoId, device })
    await keptTokens.keep(unit.db, session.id, sealedKakaoTokens ?? undefined)
    return begun
  })
  if (exchanged === undefined) throw new ProblemError('grant_invalid')

  const { userId, isNewUser } = exchanged.code
  const user = await findUser(db, userId)
  const kakaoId = await findKakaoId(db, userId)
  if (user === undefined || kakaoId === undefined) throw new ProblemError('grant_invalid')
  const tokens = await tokenSets.complete(exchanged.result)
  return {
    ...toTokenView(tokens),
    ...toLoginView({ user, isNewUser, socialId: `kakao_${kakaoId}` }),
  }
}

function getText(body: Body, name: string): string {
  const text = readText(body, name)
  if (text !== undefined) return text
  throw new ProblemError('parameter_invalid', { detail: `The parameter ${name} is missing.` })
}
