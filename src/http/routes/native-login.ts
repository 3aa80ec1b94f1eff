import { ProblemError } from '../../errors.ts'
import { loginNatively, type NativeLoginDeps, type NativeProof } from '../../login/index.ts'
import { describeDevice } from '../../sessions/index.ts'
import { PATHS } from '../paths.ts'
import { type Body, readJsonBody, readText } from '../read-body.ts'
import type { Route } from '../route.ts'
import { toLoginView, toTokenView } from '../token-answer.ts'

/** `POST /oauth/kakao/login/native/`: a mobile app hands over what Kakao's SDK gave it. */
export function nativeLoginRoute(deps: NativeLoginDeps): Route {
  return {
    method: 'post',
    path: PATHS.nativeLogin,
    limit: 'login',

    async handle(context) {
      const proof = readProof(await readJsonBody(context))
      const device = describeDevice(context.req.header('user-agent'))

      const login = await loginNatively(deps, proof, {
        device,
        circumstances: context.get('circumstances'),
      })
      const tokens = await deps.tokenSets.complete(login.given)

      return context.json({ ...toTokenView(tokens), ...toLoginView(login) })
    },
  }
}

function readProof(body: Body): NativeProof {
  const idToken = readText(body, 'id_token')
  const accessToken = readText(body, 'access_token')
  if (idToken !== undefined && accessToken === undefined) {
    return { idToken, nonce: readText(body, 'nonce') }
  }
  if (accessToken !== undefined && idToken === undefined) return { accessToken }
  throw new ProblemError('parameter_invalid', {
    detail: 'Exactly one of id_token and access_token must be there.',
  })
}
