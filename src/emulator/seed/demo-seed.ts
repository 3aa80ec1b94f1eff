import type { z } from 'zod'
import type { appSchema } from './app-schema.ts'
import type { personSchema } from './person-schema.ts'

/** The app an emulator has when it is given none. Its keys are no secret. */
export const DEMO_APP: z.input<typeof appSchema> = {
  app_id: 123456,
  name: 'Demo',
  rest_api_keys: [{ key: 'demo-rest-api-key', client_secret: 'demo-client-secret' }],
  native_app_keys: ['demo-native-app-key'],
  javascript_keys: ['demo-javascript-key'],
  admin_keys: ['demo-admin-key'],
  any_loopback_redirect_uri: true,
  consent_items: [
    { id: 'profile_nickname', level: 'required' },
    { id: 'profile_image', level: 'optional' },
    { id: 'account_email', level: 'optional' },
  ],
}

/** A verified address, no address, and an address not verified under a 19-digit id. */
export const DEMO_PEOPLE: z.input<typeof personSchema>[] = [
  { id: '1000000001', nickname: '김하늘', email: 'haneul@example.com' },
  { id: '1000000002', nickname: '이바다' },
  {
    id: '1376016924429759228',
    nickname: '박솔',
    email: 'sol@example.com',
    is_email_verified: false,
  },
]
