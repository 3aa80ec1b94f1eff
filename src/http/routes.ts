import { foresee } from '../withdrawal/index.ts'
import { createAttemptCookies } from './attempt-cookies.ts'
import { createCallers } from './callers.ts'
import { createCookies } from './cookies.ts'
import { createLeaving } from './leaving.ts'
import { createRecentLogin } from './recent-login.ts'
import type { Route } from './route.ts'
import { accountStatusWebhookRoute } from './routes/account-status-webhook.ts'
import { consentRoute } from './routes/consent.ts'
import { fontRoute } from './routes/font.ts'
import { healthRoute, readyRoute } from './routes/health.ts'
import { homeRoute } from './routes/home.ts'
import { linkRoute } from './routes/link.ts'
import { loginRoute } from './routes/login.ts'
import { loginCallbackRoute } from './routes/login-callback.ts'
import { logoutRoute } from './routes/logout.ts'
import { logoutCallbackRoute } from './routes/logout-callback.ts'
import { meRoute } from './routes/me.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { myConsentsRoute, myTermsRoute, revokeMyConsentRoute } from './routes/my-consents.ts'
import { myIdentitiesRoute, removeMyIdentityRoute } from './routes/my-identities.ts'
import { endMySessionRoute, mySessionsRoute } from './routes/my-sessions.ts'
import { nativeLoginRoute } from './routes/native-login.ts'
import { relayFinishRoute, relayStartRoute } from './routes/relay.ts'
import { revokeRoute } from './routes/revoke.ts'
import { sessionRoute } from './routes/session.ts'
import { tokenRoute } from './routes/token.ts'
import { unlinkWebhookRoutes } from './routes/unlink-webhook.ts'
import { verifyRoute } from './routes/verify.ts'
import { jwksRoute, metadataRoute } from './routes/well-known.ts'
import { withdrawRoute } from './routes/withdraw.ts'
import { withdrawFormRoute, withdrawPageRoute } from './routes/withdraw-form.ts'
import type { Services } from './services.ts'
import { createSessionCookie } from './session-cookie.ts'
import { createTalkCookie } from './talk-cookie.ts'

/** Every endpoint, with what it works with. */
export function createRoutes(services: Services): Route[] {
  const { config, db, kakao, sessions, accessTokens, tokenSets, oneTimeCodes } = services
  const { publicUrl, appOrigins, trustProxy, login } = config
  const { startLogin: start, finishLogin: finish, logoutState, signingKeys } = services
  const cookies = createCookies({ secure: publicUrl.startsWith('https://') })
  const sessionCookie = createSessionCookie(cookies, config.sessions.maxMs)
  const attempts = createAttemptCookies(cookies, services.attemptSealer, login.attemptTtlMs)
  const talkCookie = createTalkCookie(cookies)
  const callers = createCallers({ sessions, accessTokens, sessionCookie, limits: services.limits })
  const recentLogin = createRecentLogin(config, services.now)
  const { withdrawal, transact } = services
  const leaving = createLeaving({
    transact,
    withdrawal,
    recentLogin,
    sessionCookie,
    attempts,
    talkCookie,
  })
  const withdrawForm = {
    callers,
    leaving,
    recentLogin,
    tickets: services.withdrawalTickets,
    foresee: () => foresee(config.withdrawal, services.now()),
  }
  const nextRules = { publicUrl, appOrigins }
  const myConsents = { db, callers, revoke: services.revokeConsent }
  const relay = {
    start,
    finish,
    tokenSets,
    attemptSealer: services.attemptSealer,
    attemptTtlMs: login.attemptTtlMs,
    repeatMs: config.tokens.refreshGraceMs,
    allowUnbound: login.allowUnboundRelay,
  }

  return [
    homeRoute({
      db,
      callers,
      talkCookie,
      attempts,
      emulatorUrl: config.kakao.startEmulator ? config.kakao.kauthUrl : undefined,
    }),
    loginRoute({ start, attempts, nextRules, appCallbackUrls: login.appCallbackUrls }),
    loginCallbackRoute({ db, start, finish, sessions, oneTimeCodes, attempts, sessionCookie }),
    consentRoute({ db, start, callers, attempts, nextRules }),
    relayStartRoute(relay),
    relayFinishRoute(relay),
    nativeLoginRoute(services.nativeLogin),
    tokenRoute({ tokenSets, exchange: services }),
    revokeRoute({ tokenSets }),
    sessionRoute({ callers }),
    withdrawRoute({ callers, leaving }),
    withdrawPageRoute(withdrawForm),
    withdrawFormRoute(withdrawForm),
    meRoute({ db, callers }),
    myConsentsRoute(myConsents),
    myTermsRoute(myConsents),
    revokeMyConsentRoute(myConsents),
    linkRoute({ db, start, callers, recentLogin, attempts, nextRules }),
    myIdentitiesRoute({ db, callers }),
    removeMyIdentityRoute({ callers, recentLogin, links: services.webhooks }),
    mySessionsRoute({ sessions, callers }),
    endMySessionRoute({ sessions, callers }),
    verifyRoute({ db, callers, trustProxy, nextRules }),
    ...unlinkWebhookRoutes({ config, webhook: services.webhooks, log: services.log }),
    accountStatusWebhookRoute({ ...services.webhooks, log: services.log }),
    logoutRoute({
      kakao,
      logoutRedirectUri: config.kakao.logoutRedirectUri,
      logoutState,
      logout: services.logout,
      callers,
      sessionCookie,
      talkCookie,
      attempts,
      nextRules,
    }),
    logoutCallbackRoute({ logoutState }),
    jwksRoute({ signingKeys }),
    metadataRoute({ issuer: publicUrl }),
    healthRoute(),
    readyRoute(services),
    ...metricsRoutes({ config, metrics: services.metrics }),
    fontRoute('regular'),
    fontRoute('semibold'),
  ]
}
