/** Our paths, as links are written; each also works without its trailing slash. */
export const PATHS = {
  home: '/',
  login: '/oauth/kakao/login/',
  loginCallback: '/oauth/kakao/login/callback/',
  nativeLogin: '/oauth/kakao/login/native/',
  consent: '/oauth/kakao/consent/',
  logoutCallback: '/oauth/kakao/logout/callback/',
  token: '/oauth/token/',
  revoke: '/oauth/revoke/',
  session: '/session/',
  me: '/me/',
  withdraw: '/me/withdraw/',
  mySessions: '/me/sessions/',
  myConsents: '/me/consents/',
  myTerms: '/me/terms/',
  myIdentities: '/me/identities/',
  link: '/oauth/kakao/link/',
  verify: '/auth/verify/',
  unlinkWebhook: '/webhooks/kakao/unlink/',
  accountStatusWebhook: '/webhooks/kakao/account-status/',
  logout: '/logout/',
  jwks: '/.well-known/jwks.json',
  metadata: '/.well-known/oauth-authorization-server',
  metrics: '/metrics',
} as const

/** Where the login begins that leads to `next` afterwards; without one, to the front page. */
export function toLoginPath(next: string = PATHS.home): string {
  return `${PATHS.login}?${new URLSearchParams({ next })}`
}
