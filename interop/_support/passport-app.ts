import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import passport from 'passport'
import { type KakaoProfile, Strategy } from 'passport-kakao'
import { listenAt, type Served } from './serve.ts'

/** What passport hands over at the end of a login. */
export interface PassportOutcome {
  readonly error: {
    readonly name: string
    readonly code?: string
    readonly statusCode?: number
  } | null
  readonly user: KakaoProfile | false
  readonly info?: { readonly message?: string }
}

/** An app that signs people in with passport-kakao, for one visitor. */
export interface PassportApp extends Served {
  /** What the callback led to; passport calls back once for each. */
  takeOutcome(): PassportOutcome
}

export async function startPassportApp(
  origin: string,
  kakaoOrigin: string,
  clientSecret: string,
): Promise<PassportApp> {
  const authenticator = new passport.Authenticator()
  authenticator.use(createStrategy({ origin, kakaoOrigin, clientSecret }))
  const session = {}
  let outcome: PassportOutcome | undefined

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const query = Object.fromEntries(new URL(request.url ?? '', origin).searchParams)
    const keep = (error: unknown, user: unknown, info: unknown) => {
      outcome = { error, user, info } as PassportOutcome
      response.end()
    }
    const handle = authenticator.authenticate('kakao', { session: false }, keep)
    handle(Object.assign(request, { query, session }), response, () => response.end())
  })
  const served = await listenAt(origin, server)

  return {
    ...served,
    takeOutcome() {
      if (outcome === undefined) throw new Error('no login has ended yet')
      return outcome
    },
  }
}

/** The options cannot name another Kakao; the strategy's own properties can. */
function createStrategy(app: { origin: string; kakaoOrigin: string; clientSecret: string }) {
  const strategy = new Strategy(
    {
      clientID: 'demo-rest-api-key',
      clientSecret: app.clientSecret,
      callbackURL: `${app.origin}/callback`,
      state: true,
    },
    (_accessToken, _refreshToken, profile, done) => done(null, profile),
  )
  strategy._oauth2._authorizeUrl = `${app.kakaoOrigin}/oauth/authorize`
  strategy._oauth2._accessTokenUrl = `${app.kakaoOrigin}/oauth/token`
  strategy._userProfileURL = `${app.kakaoOrigin}/v2/user/me`
  return strategy
}
