export {
  type AttemptSealer,
  createAttemptSealer,
  type Delivery,
  type LoginAttempt,
} from './attempt.ts'
export { removeOldClaims } from './claim-store.ts'
export { type FinishedLogin, type FinishLoginDeps, finishLogin } from './finish-login.ts'
export { readKakaoParameters } from './kakao-parameters.ts'
export { isTurnedBack, toRedirectProblem } from './kakao-problem.ts'
export { addToNext, checkNext, type NextRules } from './next.ts'
export { createProfileRefresher } from './profile-refresher.ts'
export { type StartLoginDeps, startLogin } from './start-login.ts'
