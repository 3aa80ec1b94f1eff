import { ProblemError } from '../../errors.ts'
import type { TokenSets } from '../../tokens/index.ts'
import { PATHS } from '../paths.ts'
import { readFormBody, readText } from '../read-body.ts'
import type { Route } from '../route.ts'

/** `POST /oauth/revoke/`: ends the session of a token (RFC 7009). */
export function revokeRoute({ tokenSets }: { tokenSets: TokenSets }): Route {
  return {
    method: 'post',
    path: PATHS.revoke,
    hasOAuthErrors: true,
    limit: 'token',

    async handle(context) {
      const token = readText(await readFormBody(context), 'token')
      if (token === undefined) {
        throw new ProblemError('parameter_invalid', { detail: 'The parameter token is missing.' })
      }
      // A token that means nothing is answered alike: RFC 7009, section 2.2.
      await tokenSets.revoke(token, context.get('circumstances'))
      return context.body(null, 200)
    },
  }
}
