import fc from 'fast-check'
import { expect } from 'vitest'
import { ADMIN, HANEUL, REDIRECT_URI } from './demo-app.ts'
import { type Command, command } from './model-command.ts'

const PATHS = [
  '/oauth/authorize',
  '/oauth/token',
  '/oauth/logout',
  '/oauth/tokeninfo',
  '/v1/oidc/userinfo',
  '/v1/user/access_token_info',
  '/v1/user/ids',
  '/v1/user/logout',
  '/v1/user/shipping_address',
  '/v1/user/signup',
  '/v1/user/unlink',
  '/v1/user/update_profile',
  '/v2/app/users',
  '/v2/user/me',
  '/v2/user/revoke/scopes',
  '/v2/user/revoke/service_terms',
  '/v2/user/scopes',
  '/v2/user/service_terms',
  '/v2/user/upgrade/service_terms',
  '/account/login',
  '/account/consent',
  '/account/services',
  '/nowhere',
] as const

const NAMES = [
  'client_id',
  'redirect_uri',
  'response_type',
  'grant_type',
  'code',
  'refresh_token',
  'id_token',
  'scope',
  'scopes',
  'prompt',
  'tags',
  'service_terms',
  'property_keys',
  'properties',
  'target_ids',
  'target_id',
  'target_id_type',
  'limit',
  'from_id',
  'request',
  'person',
] as const

const value = fc.oneof(
  fc.string({ maxLength: 12, unit: 'binary' }),
  fc.json({ maxDepth: 2 }),
  fc.constantFrom('key-1', REDIRECT_URI, 'code', 'user_id', 'refresh_token', '[1]', '-1'),
)

/** Anything at all for Kakao, with or without credentials that are no credentials. */
const garbage = fc
  .record({
    path: fc.constantFrom(...PATHS),
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
    fields: fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 6 }),
    authorization: fc.constantFrom(
      undefined,
      'Bearer',
      'Bearer x',
      'KakaoAK x',
      '?',
      ADMIN.authorization,
    ),
  })
  .map(({ path, method, fields, authorization }) =>
    command(`${method} ${path} ${JSON.stringify(fields)}`, async (_model, kakao) => {
      const form = new URLSearchParams(fields.map(([name, text]) => [name, text.toWellFormed()]))
      const url = new URL(`${path}?${form}`, 'http://kakao.test')
      const init = method === 'GET' ? {} : { body: form }
      const headers = authorization === undefined ? {} : { authorization }
      const answer = await kakao.fetch(new Request(url, { method, headers, ...init }))
      expect(answer.status).toBeLessThan(500)
      expect(await answer.text()).not.toContain('access_token":"')
    }),
  )

const CONTROLS = [
  ['POST', 'clock'],
  ['POST', 'faults'],
  ['POST', 'people'],
  ['PATCH', `people/${HANEUL}`],
  ['POST', `people/${HANEUL}/unlink`],
  ['PATCH', 'apps/1'],
  ['POST', 'webhooks'],
  ['PATCH', 'switches'],
  ['POST', 'seed'],
  ['GET', 'nowhere'],
] as const

const FIELDS = [
  'advance_seconds',
  'status',
  'koe',
  'id',
  'email',
  'app_id',
  'kind',
  '_method',
] as const

/** Nonsense for the control surface, as JSON or as a form: a member of it is never known. */
const garbageControl = fc
  .record({
    call: fc.constantFrom(...CONTROLS),
    fields: fc.dictionary(fc.constantFrom(...FIELDS), fc.jsonValue({ maxDepth: 2 })),
    isForm: fc.boolean(),
  })
  .map(({ call: [method, path], fields, isForm }) => {
    const body = JSON.stringify({ ...fields, unheard_of: 1 })
    return command(`${method} ${path} ${isForm ? 'form' : ''} ${body}`, async (_model, kakao) => {
      const url = `http://kakao.test/_emulator/${path}`
      const texts = Object.entries(fields).map(([name, value]) => [
        name,
        String(value).toWellFormed(),
      ])
      const form = new URLSearchParams([...texts, ['_back', '/_emulator/'], ['unheard_of', '1']])
      const init = isForm
        ? { method: 'POST', body: form }
        : { method, ...(method !== 'GET' && { body }) }
      const { status } = await kakao.fetch(new Request(url, init))
      expect([400, 404]).toContain(status)
    })
  })

/** What nobody should send. */
export const NONSENSE: fc.Arbitrary<Command>[] = [garbage, garbageControl]
