import type { ErrorCode } from '../../errors.ts'
import type { PageTexts, ProblemText } from './texts.ts'

export const EN: PageTexts = {
  siteName: 'Daemun',
  kakaoLogin: 'Login with Kakao',
  home: {
    invitation: 'Come in with your Kakao Account.',
    firstVisit: 'On your first visit, Kakao asks you what you want to share.',
    greeting: 'Welcome',
    greetingByName: ['Welcome, ', ''],
    signedIn: 'You are logged in with your Kakao Account.',
    socialId: 'Kakao user ID',
    email: 'Email',
    emailVerified: 'Verified',
    emailNotVerified: 'Not verified',
    emailNotShared: 'Not shared',
    logout: 'Log out',
    withdraw: 'Close my account',
    notices: {
      login_cancelled: 'You cancelled the login. You can log in whenever you like.',
      withdrawn: 'Your account is closed. Thank you for having been here.',
    },
    emulator: 'Connected to a practice emulator, not to the real Kakao.',
  },
  problem: {
    home: 'Back to the front page',
    until: 'Possible again from',
    code: 'Error code',
    kakaoCode: 'Kakao error code',
    requestId: 'Request ID',
  },
  consentItems: {
    profile: 'Profile (nickname and picture)',
    profile_nickname: 'Nickname',
    profile_image: 'Profile picture',
    account_email: 'Kakao Account (email)',
    name: 'Name',
    gender: 'Gender',
    age_range: 'Age range',
    birthday: 'Birthday',
    birthyear: 'Year of birth',
    phone_number: 'Phone number',
    account_ci: 'CI (connecting information)',
    shipping_address: 'Shipping addresses',
  },
  withdrawal: {
    offer: 'Close my account instead',
    warning:
      'What is stored about you is erased, and the link with Kakao is ended. This cannot be undone.',
    button: 'Close my account',
    title: 'Close your account?',
    lead: 'This cannot be undone.',
    points: [
      'You are logged out on every device.',
      'Your profile and all other personal data are erased at once.',
      'The link to your Kakao Account is ended.',
    ],
    retained: { access_log: 'Access log kept until', consents: 'Record of consents kept until' },
    rejoin: 'You can sign up again from',
    stay: 'Keep my account',
  },
}

export const EN_PROBLEMS = {
  parameter_invalid: {
    title: 'The request is not valid',
    text: 'The request holds a value that cannot be read. Please start again from the front page.',
  },
  duplicate_parameter: {
    title: 'The request is not valid',
    text: 'The request holds the same value twice, so it was not carried out. Please start again from the front page.',
  },
  next_not_allowed: {
    title: 'The next address is not allowed',
    text: 'The address to go to after the login is not an allowed one. To keep you safe, the login was not started. Please log in again from the service you were using.',
  },
  state_invalid: {
    title: 'The login could not be confirmed',
    text: 'The login was started too long ago or in another browser, or cookies are turned off. Please allow cookies and log in again in this browser.',
  },
  code_missing: {
    title: 'The login was not completed',
    text: 'The address that led back from Kakao lacks the login details. Please log in again.',
  },
  code_refused: {
    title: 'The login was not completed',
    text: 'Kakao did not accept the login details: they have expired or were used before. Please log in again.',
  },
  code_used: {
    title: 'This login was already used',
    text: 'The same login details work only once. Please log in again.',
  },
  token_missing: {
    title: 'The login was not completed',
    text: "Something essential was missing from Kakao's answer. Please log in again in a moment.",
  },
  login_cancelled: {
    title: 'You cancelled the login',
    text: 'Nothing was stored. You can log in whenever you like.',
  },
  id_token_invalid: {
    title: 'The login could not be confirmed',
    text: 'We could not make sure that the identity Kakao sent is genuine, so the login was stopped. Please log in again.',
  },
  nonce_mismatch: {
    title: 'The login could not be confirmed',
    text: "Kakao's answer does not belong to the login that this browser started, so the login was stopped. Please log in again.",
  },
  account_facts_missing: {
    title: 'The account details are missing',
    text: 'Kakao sent no account details. Please log in again and, when Kakao asks, agree to share them.',
  },
  not_signed_in: {
    title: 'Please log in',
    text: 'You are not logged in, or your login has expired. Please log in again.',
  },
  cross_site: {
    title: 'The request was refused',
    text: 'The request seems to come from another site. To keep you safe, it was not carried out. Please try again from the front page.',
  },
  consent_required: {
    title: 'Your consent is needed',
    text: 'You have not agreed to share something that this service cannot do without. Press the button to agree at Kakao; the login goes on from there.',
  },
  consent_needed: {
    title: 'This needs your consent',
    text: 'What you asked for needs something that you have not agreed to share. Press the button to agree at Kakao, then try again.',
  },
  recent_login_required: {
    title: 'Please log in once more',
    text: 'This cannot easily be undone, so it takes a login of a moment ago. Please log in again and go on from there.',
  },
  consent_unknown: {
    title: 'No such consent item',
    text: 'This service has no such consent item. Please look at the list of what you agreed to.',
  },
  consent_not_revocable: {
    title: 'This consent cannot be taken back alone',
    text: 'The service cannot do without it, so it cannot be taken back by itself. If you no longer want to use the service, you can close your account.',
  },
  identity_taken: {
    title: 'Another member uses that Kakao Account',
    text: 'This Kakao Account belongs to another member, so it cannot be added. Log in as that member, or choose another account.',
  },
  last_identity: {
    title: 'That is the only way in',
    text: 'Without this Kakao Account there would be no way to log in. To leave, please withdraw.',
  },
  identity_mismatch: {
    title: 'That is another Kakao Account',
    text: 'It is not the Kakao Account that you are logged in with, so nothing was changed. Please try again with the one you are logged in with.',
  },
  rejoin_too_early: {
    title: 'You cannot come back yet',
    text: 'You left this service, and the day on which you can sign up again is still to come. The link to your Kakao Account was undone, and nothing was stored.',
  },
  not_found: {
    title: 'Page not found',
    text: 'The address has changed or was mistyped. Please check it, or go to the front page.',
  },
  method_not_allowed: {
    title: 'This address cannot be used this way',
    text: 'It cannot be opened directly. Please use the buttons on the front page.',
  },
  body_too_large: {
    title: 'Too much was sent',
    text: 'The request is larger than we accept, so it was not carried out. Please send less.',
  },
  query_too_long: {
    title: 'The address is too long',
    text: 'The address is longer than we accept. Please start again from the front page.',
  },
  unsupported_media_type: {
    title: 'The format is not supported',
    text: 'What was sent is in a format that we cannot read. Please use the buttons on the front page.',
  },
  rate_limited: {
    title: 'Too many requests',
    text: 'More requests have come in a short time than we accept. Please wait a moment and try again.',
  },
  internal: {
    title: 'Something went wrong',
    text: 'We could not carry out the request, and the fault is ours. We are sorry. Please try again in a moment.',
  },
  kakao_misconfigured: {
    title: 'Logging in is not possible right now',
    text: 'We are sorry. Something is wrong with our settings, so Kakao Login cannot be used. It has been recorded for the operator. Please come back later.',
  },
  kakao_unavailable: {
    title: 'Kakao cannot be reached',
    text: 'Kakao is not answering properly right now. Please log in again in a moment.',
  },
  store_unavailable: {
    title: 'Out of service for a moment',
    text: 'We cannot carry out the request right now, and the fault is ours. We are sorry. Please try again in a moment.',
  },
  login_interrupted: {
    title: 'The login was interrupted',
    text: 'We could not complete the login, and the fault is ours. We are sorry. Please log in again.',
  },
  redirect_uri_not_allowed: {
    title: 'That address is not registered',
    text: 'The address that the app wants to return to is not registered. Please tell the makers of the app.',
  },
  attempt_missing: {
    title: 'The login could not be confirmed',
    text: 'The app did not send along how the login was started. Please log in again in the app.',
  },
  attempt_invalid: {
    title: 'The login could not be confirmed',
    text: 'What the app sent about the start of the login cannot be read. Please log in again in the app.',
  },
  attempt_expired: {
    title: 'The login took too long',
    text: 'The login was started too long ago. Please log in again in the app.',
  },
  id_token_stale: {
    title: 'The login details are too old',
    text: 'What Kakao issued for this login is too old. Please log in again in the app.',
  },
  id_token_used: {
    title: 'These login details were used before',
    text: 'What Kakao issued for a login can be used once. Please log in again in the app.',
  },
  access_token_not_accepted: {
    title: 'This way of logging in is not available',
    text: 'This service does not accept logins by a Kakao access token. Please tell the makers of the app.',
  },
  grant_invalid: {
    title: 'Please log in again',
    text: 'The code or token is unknown, expired, revoked or was used before.',
  },
  grant_type_unsupported: {
    title: 'The request is not valid',
    text: 'The grant type must be authorization_code or refresh_token.',
  },
  kakao_token_refused: {
    title: 'Kakao did not confirm the login',
    text: 'The Kakao token that the app sent is not valid, or not any more. Please log in again in the app.',
  },
  kakao_token_foreign: {
    title: 'The login belongs to another app',
    text: 'The Kakao token was issued to another app. Please log in again in the right one.',
  },
  webhook_unauthorized: {
    title: 'The webhook is not accepted',
    text: 'Its Authorization header holds no admin key of this app.',
  },
} as const satisfies Record<ErrorCode, ProblemText>
