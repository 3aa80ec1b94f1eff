import { Hono } from 'hono'
import { signIn } from '../authorize/browser-session.ts'
import { pageResponse } from '../pages/page-response.ts'
import { signUpPage } from '../pages/sign-up-page.ts'
import { readForm } from '../parameters.ts'
import { personSchema } from '../seed/person-schema.ts'
import { addPerson } from '../state/people.ts'
import type { RouteEnv, World } from '../world.ts'
import { goOn } from './next-page.ts'
import { PAGES } from './page-paths.ts'
import { getPendingLogin } from './pending-login.ts'

/** `/account/signup`: a new Kakao Account, where `prompt=create` leads first. */
export function signUpRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get(PAGES.signUp, (c) => {
      const { id } = getPendingLogin(world, c.req.raw, new URL(c.req.url).searchParams)
      return pageResponse(c.req.raw, (language) => signUpPage({ pendingId: id, language }))
    })
    .post(PAGES.signUp, async (c) => {
      const form = await readForm(c.req.raw)
      const { id, login } = getPendingLogin(world, c.req.raw, form)
      const wanted = personSchema.safeParse({
        nickname: form.get('nickname')?.trim(),
        email: form.get('email')?.trim() || undefined,
      })
      if (!wanted.success) {
        return pageResponse(
          c.req.raw,
          (language) => signUpPage({ pendingId: id, language, refused: true }),
          400,
        )
      }

      const person = addPerson(world.state.people, wanted.data)
      signIn(world, login.browserId, { personId: person.id, stay: false })
      login.signedInAs = person.id
      return goOn(world, id, login)
    })
}
