import fc from 'fast-check'
import { expect } from 'vitest'
import { ADMIN, REDIRECT_URI } from './demo-app.ts'
import { command } from './model-command.ts'

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

/** Anything at all, with or without credentials that are no credentials. */
export const garbage = fc
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
