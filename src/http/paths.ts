/** Our paths, as links are written; each also works without its trailing slash. */
export const PATHS = {
  home: '/',
  login: '/oauth/kakao/login/',
  loginCallback: '/oauth/kakao/login/callback/',
  session: '/session/',
  logout: '/logout/',
} as const

/** Where the login begins that leads to `next` afterwards; without one, to the front page. */
export function toLoginPath(next: string = PATHS.home): string {
  return `${PATHS.login}?${new URLSearchParams({ next })}`
}
