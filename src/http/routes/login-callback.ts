import type { Context } from 'hono'
import type { Db } from '../../db/index.ts'
import { ProblemError } from '../../errors.ts'
import {
  type AppRequest,
  type AskingMember,
  type Callback,
  createCodeGrant,
  createConsentGrant,
  createCookieGrant,
  type FinishedLogin,
  type FinishLoginDeps,
  finishLogin,
  LinkEndedError,
  type LoginAttempt,
  notingFailure,
  type StartLoginDeps,
  startLoginAgain,
} from '../../login/index.ts'
import { deriveSession, describeDevice, type Sessions } from '../../sessions/index.ts'
import type { OneTimeCodes } from '../../tokens/index.ts'
import { toAppUrl } from '../app-request.ts'
import type { AttemptCookies, KeptAttempt } from '../attempt-cookies.ts'
import type { AppEnv } from '../env.ts'
import { PATHS } from '../paths.ts'
import { readQuery } from '../query.ts'
import { answerRedirectError } from '../redirect-error.ts'
import type { Route } from '../route.ts'
import type { SessionCookie } from '../session-cookie.ts'
import { toLoginView } from '../token-answer.ts'

export interface LoginCallbackRouteDeps {
  readonly db: Db
  readonly start: StartLoginDeps
  readonly finish: FinishLoginDeps
  readonly sessions: Sessions
  readonly oneTimeCodes: OneTimeCodes
  readonly attempts: AttemptCookies
  readonly sessionCookie: SessionCookie
}

/** `GET /oauth/kakao/login/callback/`: Kakao returns the browser here with `code` and `state`. */
export function loginCallbackRoute(deps: LoginCallbackRouteDeps): Route {
  const { attempts, finish } = deps
  return {
    method: 'get',
    path: PATHS.loginCallback,
    hasEffects: true,
    limit: 'login',

    async handle(context) {
      const { code, state, error } = readQuery(context.req.url, ['code', 'state', 'error'])
      if (code === undefined && error === undefined) throw new ProblemError('code_missing')
      const kept = await notingFailure(finish, context.get('circumstances'), () =>
        getAttempt(context, attempts, state),
      )

      if (code === undefined || error !== undefined) {
        attempts.finish(context, kept)
        return await answerRedirectError(finish, context, {
          attempt: kept.attempt,
          error: error ?? '',
        })
      }
      return await finishAttempt(deps, context, { kept, code }).catch((error: unknown) => {
        if (error instanceof LinkEndedError) return goAgain(deps, context, kept)
        throw error
      })
    },
  }
}

/** @throws {ProblemError} `state_invalid`: this browser did not begin that login, or too long ago. */
function getAttempt(
  context: Context<AppEnv>,
  attempts: AttemptCookies,
  state: string | undefined,
): KeptAttempt {
  const kept = state === undefined ? undefined : attempts.find(context, state)
  if (kept === undefined) {
    attempts.tidy(context)
    throw new ProblemError('state_invalid')
  }
  const { attempt } = kept
  // An app's own URL is no place for a login begun again by hand to lead to.
  if (attempt.next !== undefined && attempt.app === undefined) context.set('next', attempt.next)
  return kept
}

async function finishAttempt(
  deps: LoginCallbackRouteDeps,
  context: Context<AppEnv>,
  { kept, code }: { kept: KeptAttempt; code: string },
): Promise<Response> {
  const { app, member } = kept.attempt
  if (app !== undefined) return await finishWithCode(deps, context, { kept, code, app })
  return member === undefined
    ? await finishWithCookie(deps, context, { kept, code })
    : await finishWithConsent(deps, context, { kept, code, member })
}

/** A visitor whose former link has just been ended: Kakao asks them anew what they agree to. */
function goAgain(
  { start, attempts }: LoginCallbackRouteDeps,
  context: Context<AppEnv>,
  kept: KeptAttempt,
): Response {
  const { authorizeUrl, attempt } = startLoginAgain(start, kept.attempt)
  attempts.finish(context, kept)
  attempts.keep(context, attempt)
  return context.redirect(authorizeUrl, 302)
}

function toCallback(context: Context<AppEnv>, attempt: LoginAttempt, code: string): Callback {
  return { attempt, code, circumstances: context.get('circumstances') }
}

/** The session goes into a cookie; the answer is JSON, or leads to `next`. */
async function finishWithCookie(
  { finish, sessions, sessionCookie, attempts }: LoginCallbackRouteDeps,
  context: Context<AppEnv>,
  { kept, code }: { kept: KeptAttempt; code: string },
): Promise<Response> {
  const { attempt } = kept
  const grant = createCookieGrant(
    { sessions, keptTokens: finish.keptTokens },
    {
      session: deriveSession(attempt.sessionSecret, code),
      device: describeDevice(context.req.header('user-agent')),
      previousToken: sessionCookie.read(context),
    },
  )
  const login = await finishLogin(finish, toCallback(context, attempt, code), grant)

  attempts.finish(context, kept)
  sessionCookie.write(context, login.given.sessionToken)
  return answerLogin(context, attempt, login)
}

/** A member has agreed to more; their session goes on. */
async function finishWithConsent(
  { finish, sessions, attempts }: LoginCallbackRouteDeps,
  context: Context<AppEnv>,
  { kept, code, member }: { kept: KeptAttempt; code: string; member: AskingMember },
): Promise<Response> {
  const { attempt } = kept
  const signedIn = await sessions.findStored(member.sessionId)
  if (signedIn === undefined) throw new ProblemError('not_signed_in')
  const grant = createConsentGrant({ sessions, keptTokens: finish.keptTokens }, member)
  const login = await finishLogin(finish, toCallback(context, attempt, code), grant)

  attempts.finish(context, kept)
  return answerLogin(context, attempt, login)
}

function answerLogin(
  context: Context<AppEnv>,
  { delivery, next = PATHS.home }: LoginAttempt,
  login: FinishedLogin<unknown>,
): Response {
  return delivery === 'cookie' ? context.redirect(next, 303) : context.json(toLoginView(login))
}

/** The app gets a one-time code at its own URL; the browser gets no session. */
async function finishWithCode(
  { db, finish, oneTimeCodes, attempts }: LoginCallbackRouteDeps,
  context: Context<AppEnv>,
  { kept, code, app }: { kept: KeptAttempt; code: string; app: AppRequest },
): Promise<Response> {
  const { attempt } = kept
  const { next: redirectUri = PATHS.home } = attempt
  const grant = createCodeGrant(
    { db, oneTimeCodes },
    {
      session: deriveSession(attempt.sessionSecret, code),
      device: describeDevice(context.req.header('user-agent')),
      redirectUri,
      codeChallenge: app.codeChallenge,
    },
  )
  const { given } = await finishLogin(finish, toCallback(context, attempt, code), grant)

  attempts.finish(context, kept)
  return context.redirect(toAppUrl(attempt, 'code', given.code), 303)
}
