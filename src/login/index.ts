export {
  type AppRequest,
  type AskingMember,
  type AttemptSealer,
  createAttemptSealer,
  type Delivery,
  type LoginAttempt,
} from './attempt.ts'
export { type ExchangeCodeDeps, exchangeOneTimeCode } from './exchange-code.ts'
export { type FailedLogin, noteFailedLogin, notingFailure } from './failed-login.ts'
export {
  type Callback,
  type FinishedLogin,
  type FinishLoginDeps,
  finishLogin,
} from './finish-login.ts'
export { createCodeGrant } from './grants/code-grant.ts'
export { createConsentGrant } from './grants/consent-grant.ts'
export { createCookieGrant } from './grants/cookie-grant.ts'
export { createTokenGrant } from './grants/token-grant.ts'
export { readKakaoParameters } from './kakao-parameters.ts'
export { isTurnedBack, toRedirectProblem } from './kakao-problem.ts'
export { type LogoutDeps, logout } from './logout.ts'
export { createLogoutState, type LogoutState } from './logout-state.ts'
export { loginNatively, type NativeLoginDeps, type NativeProof } from './native-login.ts'
export { addToNext, checkNext, isNext, type NextRules } from './next.ts'
export {
  createUnboundAttempt,
  type LoginRequest,
  type StartLoginDeps,
  startLogin,
  startLoginAgain,
  toDelivery,
} from './start-login.ts'
export { toProblem } from './to-problem.ts'
export { LinkEndedError } from './turn-away.ts'
export { createWithdrawalTickets, type WithdrawalTickets } from './withdrawal-ticket.ts'
