import { Hono } from 'hono'
import { toTimestamp } from '../clock.ts'
import { isOf, unlinkAtKakao } from '../link/unlink.ts'
import { pageResponse } from '../pages/page-response.ts'
import { personPage } from '../pages/person-page.ts'
import { personSchema } from '../seed/person-schema.ts'
import type { Grant } from '../state/grants.ts'
import type { Link } from '../state/links.ts'
import { addPerson, type Person, toSeedPerson } from '../state/people.ts'
import type { RouteEnv, World } from '../world.ts'
import { ControlError, checkControlBody, readChanges, readControlBody } from './control-body.ts'
import { NotFoundError } from './control-guard.ts'
import type { Controls } from './controls.ts'
import { announceChange } from './profile-change.ts'
import { unlinkSchema } from './unlink-schema.ts'
import { wantsPage } from './wants-page.ts'

const PEOPLE = '/_emulator/people'

/** `/_emulator/people`: who lives here, what Kakao knows of them, and what they are linked to. */
export function peopleRoute({ world }: Controls): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get(PEOPLE, (c) => c.json({ people: [...world.state.people.values()] }))
    .post(PEOPLE, async (c) => {
      const wanted = await readControlBody(c.req.raw, personSchema)
      if (wanted.id !== undefined && world.state.people.has(wanted.id)) {
        throw new ControlError(['id: is taken by another person'])
      }
      return c.json(addPerson(world.state.people, wanted), 201)
    })
    .get(`${PEOPLE}/:id`, async (c) => {
      const person = getPerson(world, c.req.param('id'))
      if (!wantsPage(c)) return c.json(person)
      return await pageResponse(c.req.raw, (language) => personPage({ world, person, language }))
    })
    .patch(`${PEOPLE}/:id`, async (c) => {
      const person = getPerson(world, c.req.param('id'))
      const changed = change(world, person, await readChanges(c.req.raw))
      announceChange(world, person, changed, new URL(c.req.url).origin)
      return c.json(changed)
    })
    .get(`${PEOPLE}/:id/links`, (c) => c.json(linksOf(world, getPerson(world, c.req.param('id')))))
    .post(`${PEOPLE}/:id/unlink`, async (c) => {
      const person = getPerson(world, c.req.param('id'))
      const { app_id, referrer_type } = await readControlBody(c.req.raw, unlinkSchema)
      const issuer = new URL(c.req.url).origin
      const link = getLink(world, person, app_id)
      unlinkAtKakao(world, link, { issuer, referrerType: referrer_type })
      return c.json(linksOf(world, person))
    })
}

function getPerson({ state }: World, id: string): Person {
  const person = state.people.get(id)
  if (person === undefined) throw new NotFoundError()
  return person
}

function change(
  { state }: World,
  person: Person,
  changes: Readonly<Record<string, unknown>>,
): Person {
  const wanted = checkControlBody({ ...toSeedPerson(person), ...changes }, personSchema)
  if (wanted.id !== person.id) throw new ControlError(['id: cannot be changed'])
  return addPerson(state.people, wanted)
}

/** @param appId Absent: the only app, if the person is linked to just one. */
function getLink({ state }: World, { id }: Person, appId: number | undefined): Link {
  const links = state.links.ofPerson(id).filter((link) => (appId ?? link.appId) === link.appId)
  const [link, ...others] = links
  if (link === undefined) throw new ControlError(['the person is not linked to the app'])
  if (others.length > 0) throw new ControlError(['app_id: is missing, the person has several'])
  return link
}

function linksOf(world: World, { id }: Person) {
  return { links: world.state.links.ofPerson(id).map((link) => toLinkView(world, link)) }
}

function toLinkView({ state, clock }: World, link: Link) {
  const now = clock.now()
  const belongs = ({ grant }: { readonly grant: Grant }) => isOf(link, grant)
  return {
    app_id: link.appId,
    linked_at: toTimestamp(link.linkedAt),
    has_signed_up: link.signedUpAt !== undefined,
    scopes: [...link.agreedAt.keys()].sort(),
    service_terms: [...link.terms.keys()].sort(),
    properties: Object.fromEntries(link.properties),
    live_tokens:
      state.accessTokens.countLive(belongs, now) + state.refreshTokens.countLive(belongs, now),
  }
}
