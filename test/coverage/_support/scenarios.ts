import { type Scene, s256 } from './scene.ts'
import { LOGOUT_URI, OTHER_PERSON, PERSON, REDIRECT_URI } from './seed.ts'

type Scenario = (scene: Scene) => Promise<unknown>

const admin = (scene: Scene, app: 'full' | 'manual' = 'full') =>
  scene.client(app).asAdmin(`${app}-admin-key`)

const person = (scene: Scene) => admin(scene).user(PERSON)

const user = async (scene: Scene) => scene.client('full').asUser((await scene.logIn()).accessToken)

const CHANNELS = { redirectUri: REDIRECT_URI, channelPublicIds: ['_channel'] }

/** A login that asks for everything, its tokens, and new ones for the refresh token. */
async function logInFully(scene: Scene) {
  const client = scene.client('full')
  await scene.open(client.authorizeUrl(CHANNELS))
  const back = await scene.open(
    client.authorizeUrl({
      redirectUri: REDIRECT_URI,
      state: 'state',
      nonce: 'nonce',
      codeChallenge: s256('verifier'),
      scopes: ['openid', 'account_email'],
      prompt: ['login'],
      loginHint: 'sol@example.com',
      serviceTerms: ['use'],
    }),
  )
  const code = back?.searchParams.get('code') ?? ''
  const grant = { code, redirectUri: REDIRECT_URI, codeVerifier: 'verifier' }
  const tokens = await client.exchangeCode(grant)
  await client.refreshTokens(tokens.refreshToken ?? '')
  return tokens
}

/** Each endpoint called by each call of the client, with every parameter. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  async authorize(scene) {
    await logInFully(scene)
    const silent = { redirectUri: REDIRECT_URI, prompt: ['none'], loginHint: OTHER_PERSON }
    await scene.open(scene.client('full').authorizeUrl(silent))
  },
  token: logInFully,

  async me(scene) {
    const { accessToken } = await logInFully(scene)
    await scene.client('full').asUser(accessToken).getMe()
    await person(scene).getMe({ propertyKeys: ['kakao_account.email', 'has_signed_up'] })
    const { accessToken: manual } = await scene.logIn('manual')
    await scene.client('manual').asUser(manual).getMe()
    await (await user(scene)).updateProfile({ grade: 'gold' })
    await person(scene).getMe()
  },

  async users(scene) {
    await scene.logIn()
    await admin(scene).listUsers([PERSON, OTHER_PERSON])
    await (await user(scene)).updateProfile({ grade: 'gold' })
    await admin(scene).listUsers([PERSON], { propertyKeys: ['kakao_account.', 'properties.'] })
    const { accessToken } = await scene.logIn('manual')
    await scene.client('manual').asUser(accessToken).signup()
    await admin(scene, 'manual').listUsers([PERSON], { propertyKeys: ['has_signed_up'] })
  },

  async userIds(scene) {
    const client = scene.client('full')
    const url = client.authorizeUrl({ redirectUri: REDIRECT_URI, loginHint: OTHER_PERSON })
    const back = await scene.open(url)
    const code = back?.searchParams.get('code') ?? ''
    await client.exchangeCode({ code, redirectUri: REDIRECT_URI })
    await scene.logIn()
    await admin(scene).listUserIds({ limit: 1, fromId: PERSON, order: 'desc' })
    for await (const _id of admin(scene).allUserIds());
  },

  accessTokenInfo: async (scene) => (await user(scene)).getAccessTokenInfo(),

  async logout(scene) {
    await (await user(scene)).logout()
    await person(scene).logout()
  },

  accountLogout: (scene) =>
    scene.open(scene.client('full').logoutUrl({ logoutRedirectUri: LOGOUT_URI, state: 'state' })),

  async unlink(scene) {
    await (await user(scene)).unlink()
    await scene.logIn()
    await person(scene).unlink()
  },

  async signup(scene) {
    const { accessToken } = await scene.logIn('manual')
    const manual = scene.client('manual').asUser(accessToken)
    await manual.signup({ properties: { grade: 'gold' } })
    await manual.getMe()
  },

  async updateProfile(scene) {
    const api = await user(scene)
    await api.updateProfile({ grade: 'gold' })
    await api.getMe()
  },

  async shippingAddresses(scene) {
    const api = await user(scene)
    await api.getShippingAddresses({ addressId: '2' })
    await api.getShippingAddresses({ updatedBefore: new Date(350_000), pageSize: 3 })
    await person(scene).getShippingAddresses()
  },

  async scopes(scene) {
    await (await user(scene)).getScopes({ scopes: ['gender'] })
    await person(scene).getScopes()
  },

  async revokeScopes(scene) {
    await (await user(scene)).revokeScopes(['gender'])
    await person(scene).revokeScopes(['birthday'])
  },

  async serviceTerms(scene) {
    const api = await user(scene)
    await api.revokeServiceTerms(['ads'])
    await api.getServiceTerms({ of: 'agreed', tags: ['use', 'ads'] })
    await api.getServiceTerms({ of: 'app' })
    await person(scene).getServiceTerms()
  },

  async revokeServiceTerms(scene) {
    await (await user(scene)).revokeServiceTerms(['ads'])
    await person(scene).revokeServiceTerms(['news'])
  },

  async upgradeServiceTerms(scene) {
    const api = await user(scene)
    await api.revokeServiceTerms(['ads', 'news'])
    await api.upgradeServiceTerms(['ads'])
    await person(scene).upgradeServiceTerms(['news'])
  },

  discovery: (scene) => scene.client('full').getDiscovery(),
  keys: (scene) => scene.client('full').keys.warm(),

  async tokenInfo(scene) {
    const { idToken = '' } = await logInFully(scene)
    await scene.client('full').verifyIdToken(idToken, { nonce: 'nonce' })
    await scene.client('full').getTokenInfo(idToken)
  },

  userInfo: async (scene) => (await user(scene)).getUserInfo(),
}

/** What else a parameter may hold; `other` where nothing better is known. */
const OTHER_VALUES: Readonly<Record<string, string>> = {
  prompt: 'none',
  // Any channel is one too many for an app without.
  channel_public_id: '',
  login_hint: OTHER_PERSON,
  secure_resource: 'false',
  property_keys: '["id"]',
  target_ids: `[${OTHER_PERSON}]`,
  limit: '2',
  from_id: OTHER_PERSON,
  order: 'asc',
  result: 'app_service_terms',
  address_id: '3',
  from_updated_at: '250',
  page_size: '2',
  properties: '{"grade":"silver"}',
  scopes: '["name"]',
  tags: 'news',
}

export function otherValue(parameter: string): string {
  return OTHER_VALUES[parameter] ?? 'other'
}
