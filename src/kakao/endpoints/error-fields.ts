import type { WireKapiError, WireKauthError } from '../wire.ts'
import { ALWAYS, listFields, MAYBE } from './fields-of.ts'

/** What the hosts tell of an error, by host. */
export const ERROR_FIELDS = {
  kauth: listFields<WireKauthError>('', {
    error: MAYBE,
    error_description: { ...MAYBE, unread: 'It may repeat the authorization code.' },
    error_code: MAYBE,
  }),
  kapi: listFields<WireKapiError>('', {
    msg: ALWAYS,
    code: ALWAYS,
    api_type: MAYBE,
    required_scopes: MAYBE,
    allowed_scopes: MAYBE,
  }),
} as const
