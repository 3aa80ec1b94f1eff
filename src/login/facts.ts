import type { Config } from '../config/index.ts'
import { isFresh } from '../consents/index.ts'
import type { Db } from '../db/index.ts'
import { ProblemError } from '../errors.ts'
import type {
  CallOptions,
  KakaoClient,
  KakaoIdToken,
  KakaoItem,
  KakaoTokens,
  KakaoUser,
} from '../kakao/index.ts'
import {
  findUserByKakaoId,
  type KnownUser,
  type ProfileReading,
  toPartialProfile,
  toProfile,
} from '../users/index.ts'

/** A visitor is waiting: what fails is told at once rather than tried again. */
const AT_ONCE = { retries: 0 }

/** Who Kakao says has come, and what it tells of them. */
export interface KakaoFacts {
  readonly kakaoId: string
  readonly profile: ProfileReading
  /** When Kakao was asked. */
  readonly askedAt: Date
  /** What was granted, as Kakao's `scope` says; absent where it said nothing. */
  readonly scopes?: readonly string[]
  /** Whether `profile` is all of `/v2/user/me`; otherwise it is what the ID token held. */
  readonly isWhole: boolean
  /** Kakao told nothing but the id. */
  readonly isBare: boolean
}

export interface ReadFactsDeps {
  readonly kakao: KakaoClient
  readonly openIdConnect: boolean
  /** Finds a member whose profile was read recently enough to answer from. */
  readonly findFresh: (kakaoId: string) => Promise<KnownUser | undefined>
}

/** What {@link readFacts} needs of the server. */
export function toFactsDeps({
  db,
  kakao,
  config,
  now,
}: {
  readonly db: Db
  readonly kakao: KakaoClient
  readonly config: Pick<Config, 'kakao' | 'login'>
  readonly now: () => Date
}): ReadFactsDeps {
  return {
    kakao,
    openIdConnect: config.kakao.openIdConnect,
    async findFresh(kakaoId) {
      const known = await findUserByKakaoId(db, kakaoId)
      const age = { maxAgeMs: config.login.profileMaxAgeMs, now: now() }
      return known && isFresh(known.profileReadAt, age) ? known : undefined
    },
  }
}

/**
 * Learns who has come with as few calls as the answer needs: the ID token is verified with keys at
 * hand, and `/v2/user/me` is asked only for what the ID token lacks.
 *
 * @throws {KakaoError} Kakao refused, could not be had, or the ID token must not be trusted.
 * @throws {ProblemError} `id_token_invalid`
 */
export async function readFacts(
  deps: ReadFactsDeps,
  { askedAt, ...exchange }: Exchange & { readonly askedAt: Date },
  call: CallOptions,
): Promise<KakaoFacts> {
  const { scopes } = exchange.tokens
  const facts = await readTokenFacts(deps, exchange, call)
  return { ...facts, askedAt, ...(scopes !== undefined && { scopes }) }
}

/** What Kakao gave for a code, and what is wanted of it. */
interface Exchange {
  readonly tokens: KakaoTokens
  readonly nonce: string | undefined
  /** Of this person all there is, as they asked for; of others nothing but who they are. */
  readonly wholeOf: string | undefined
}

type TokenFacts = Omit<KakaoFacts, 'askedAt' | 'scopes'>

async function readTokenFacts(
  deps: ReadFactsDeps,
  { tokens, nonce, wholeOf }: Exchange,
  call: CallOptions,
): Promise<TokenFacts> {
  if (!deps.openIdConnect || tokens.idToken === undefined) {
    return await readMyFacts(deps.kakao, tokens.accessToken, call)
  }
  const idToken = await deps.kakao.verifyIdToken(
    tokens.idToken,
    nonce === undefined ? {} : { nonce },
    call,
  )
  return wholeOf === undefined || wholeOf === idToken.subject
    ? await completeIdToken(deps, { idToken, tokens, isAsked: wholeOf !== undefined }, call)
    : toIdTokenFacts(idToken)
}

/**
 * Learns from `/v2/user/me` alone whom an access token belongs to.
 *
 * @throws {KakaoError} Kakao refused, or could not be had.
 */
export async function readMyFacts(
  kakao: KakaoClient,
  accessToken: string,
  call: CallOptions,
): Promise<TokenFacts> {
  const me = await kakao.asUser(accessToken).getMe({ ...call, ...AT_ONCE })
  return await toWholeFacts(me, { isBare: !hasAccount(me) })
}

/**
 * Lets nobody in of whom Kakao tells nothing but the id, unless that is wanted.
 *
 * @throws {ProblemError} `account_facts_missing`
 */
export function checkFacts({ isBare }: KakaoFacts, { login }: Pick<Config, 'login'>): void {
  if (isBare && !login.allowIdOnly) throw new ProblemError('account_facts_missing')
}

async function completeIdToken(
  deps: ReadFactsDeps,
  { idToken, tokens, isAsked }: { idToken: KakaoIdToken; tokens: KakaoTokens; isAsked: boolean },
  call: CallOptions,
): Promise<TokenFacts> {
  const facts = toIdTokenFacts(idToken)
  const isSilent = Object.keys(facts.profile).length === 0
  if (isSilent && !isAsked && !mayKnowMore(tokens)) return { ...facts, isBare: true }
  if (!isAsked && (await isEnough(deps, { facts, tokens, isSilent }))) return facts

  const me = await deps.kakao.asUser(tokens.accessToken).getMe({ ...call, ...AT_ONCE })
  if (me.id !== facts.kakaoId) throw new ProblemError('id_token_invalid')
  return await toWholeFacts(me, { isBare: isSilent && !hasFact(me) })
}

function toIdTokenFacts(idToken: KakaoIdToken): TokenFacts {
  const profile = toPartialProfile(idToken)
  return { kakaoId: idToken.subject, profile, isWhole: false, isBare: false }
}

async function isEnough(
  deps: ReadFactsDeps,
  { facts, tokens, isSilent }: { facts: TokenFacts; tokens: KakaoTokens; isSilent: boolean },
): Promise<boolean> {
  const lacksEmail = facts.profile.email === undefined && isAgreed(tokens, 'account_email')
  if (!lacksEmail && !isSilent) return true
  return settles(await deps.findFresh(facts.kakaoId), lacksEmail)
}

async function toWholeFacts(me: KakaoUser, { isBare }: { isBare: boolean }): Promise<TokenFacts> {
  return { kakaoId: me.id, profile: await toProfile(me), isWhole: true, isBare }
}

function hasAccount({ account = {} }: KakaoUser): boolean {
  return Object.keys(account).length > 0
}

function hasFact({ account = {} }: KakaoUser): boolean {
  return Object.values(account).some((item: KakaoItem<unknown>) => item.state === 'shared')
}

/** Where Kakao sent no `scope`, anything may have been agreed to. */
function isAgreed({ scopes }: KakaoTokens, item: string): boolean {
  return scopes === undefined || scopes.includes(item)
}

function mayKnowMore({ scopes }: KakaoTokens): boolean {
  return scopes === undefined || scopes.some((scope) => scope !== 'openid')
}

/**
 * Whether what we read lately explains the ID token's silence: the account has no e-mail, or has
 * one that is not verified. Otherwise something has changed since, and Kakao has to be asked.
 */
function settles(known: KnownUser | undefined, lacksEmail: boolean): boolean {
  if (known === undefined || !lacksEmail) return known !== undefined
  const isUnverified = known.emailState === 'shared' && !known.user.emailVerified
  return known.emailState === 'none' || isUnverified
}
