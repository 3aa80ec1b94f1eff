/** The pages on which a person takes part in a login. */
export const PAGES = {
  signIn: '/account/login',
  signUp: '/account/signup',
  interaction: '/account/terms',
  consent: '/account/consent',
} as const

/** The form field and query parameter that carries a pending login through the pages. */
export const PENDING_LOGIN = 'request'

/** Where a person sees which services are connected, and disconnects them. */
export const CONNECTED_SERVICES = '/account/services'
