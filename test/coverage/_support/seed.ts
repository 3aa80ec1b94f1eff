import type { EmulatorSeed } from '../../../src/emulator/index.ts'

export const ORIGIN = 'http://kakao.test'
export const REDIRECT_URI = 'http://localhost:8000/cb/'
export const LOGOUT_URI = 'http://localhost:8000/out/'
export const PERSON = '1376016924429759228'
export const OTHER_PERSON = '1000000002'

const ITEMS = [
  'profile',
  'profile_nickname',
  'profile_image',
  'account_email',
  'name',
  'gender',
  'age_range',
  'birthday',
  'birthyear',
  'phone_number',
  'account_ci',
  'shipping_address',
  'talk_message',
] as const

const keyed = (key: string) => ({
  key,
  client_secret: `secret of ${key}`,
  redirect_uris: [REDIRECT_URI],
  logout_redirect_uris: [LOGOUT_URI],
})

const address = (id: string, updated_at: number) => ({
  id,
  updated_at,
  name: '집',
  is_default: id === '1',
  base_address: '서울특별시 중구 세종대로 110',
  detail_address: '1층',
  receiver_name: '박솔',
  receiver_phone_number1: '010-1234-5678',
  receiver_phone_number2: '',
  zone_number: '04524',
  zip_code: '100-744',
})

/** An app that has everything, one that links by hand, and a person with every fact. */
export const FULL_SEED: EmulatorSeed = {
  apps: [
    {
      app_id: 1,
      rest_api_keys: [keyed('full-key')],
      admin_keys: ['full-admin-key'],
      consent_items: ITEMS.map((id) => ({ id })),
      service_terms: [{ tag: 'use', required: true }, { tag: 'ads' }, { tag: 'news' }],
      user_properties: ['grade'],
      webhooks: {
        unlink: { url: 'http://service.test/unlink/' },
        account_status: { url: 'http://service.test/status/', events: [] },
      },
    },
    {
      app_id: 2,
      rest_api_keys: [keyed('manual-key')],
      admin_keys: ['manual-admin-key'],
      consent_items: [{ id: 'profile_nickname', level: 'required' }],
      user_properties: ['grade'],
      automatic_linking: false,
    },
  ],
  people: [
    {
      id: PERSON,
      nickname: '박솔',
      profile_image_url: 'https://pictures.example/sol.jpg',
      email: 'sol@example.com',
      name: '박솔',
      gender: 'female',
      age_range: '20~29',
      birthyear: '1999',
      birthday: '0412',
      birthday_type: 'LUNAR',
      phone_number: '+82 10-1234-5678',
      ci: 'ci of sol',
      ci_authenticated_at: '2026-01-01T00:00:00Z',
      uuid: 'uuid of sol',
      shipping_addresses: [
        address('1', 100),
        address('2', 200),
        address('3', 300),
        address('4', 400),
      ],
    },
    { id: OTHER_PERSON, nickname: '이바다' },
  ],
}
