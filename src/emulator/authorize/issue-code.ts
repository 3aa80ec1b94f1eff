import { secondsAfter } from '../clock.ts'
import type { Agreement } from '../state/grants.ts'
import type { World } from '../world.ts'
import type { AuthorizeRequest } from './authorize-request.ts'
import { redirectBack } from './redirect-back.ts'

/** Ends a login well: a new code goes back to the app. */
export function redirectWithCode(
  world: World,
  request: AuthorizeRequest,
  person: { readonly id: string; readonly authenticatedAt: Date },
  agreed?: Agreement,
): Response {
  const { client, redirectUri, nonce, challenge, openid } = request
  const code = world.newSecret()
  const now = world.clock.now()
  const grant = {
    client,
    personId: person.id,
    authenticatedAt: person.authenticatedAt,
    nonce,
    openid,
  }
  const expiresAt = secondsAfter(now, world.switches.code_ttl_seconds)
  world.state.codes.set(code, { grant, redirectUri, challenge, agreed, expiresAt }, now)
  return redirectBack(request, { code })
}
