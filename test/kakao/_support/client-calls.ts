import type { KakaoClient, KakaoClientCall } from '../../../src/kakao/index.ts'
import { eventToken, idToken } from './signing.ts'

const SOL = '1376016924429759228'

type Make = (client: KakaoClient) => unknown

/** Every call of the client, made once. A call added to the client does not compile until here. */
export const CLIENT_CALLS: Readonly<Record<KakaoClientCall, Make>> = {
  authorizeUrl: (client) => client.authorizeUrl({ redirectUri: 'http://localhost:8000/cb/' }),
  logoutUrl: (client) => client.logoutUrl({ logoutRedirectUri: 'http://localhost:8000/out/' }),
  exchangeCode: (client) => client.exchangeCode({ code: 'c0de', redirectUri: 'http://a.test/' }),
  refreshTokens: (client) => client.refreshTokens('rt-1'),
  getDiscovery: (client) => client.getDiscovery(),
  getTokenInfo: (client) => client.getTokenInfo('a.b.c'),
  verifyIdToken: async (client) => client.verifyIdToken(await idToken(), {}),
  verifyAccountStatusWebhook: async (client) =>
    client.verifyAccountStatusWebhook(await eventToken()),
  'keys.warm': (client) => client.keys.warm(),
  'keys.findKey': (client) => client.keys.findKey('key-1'),
  'asUser.getUserInfo': (client) => client.asUser('at-1').getUserInfo(),
  'asUser.getAccessTokenInfo': (client) => client.asUser('at-1').getAccessTokenInfo(),
  'asUser.signup': (client) => client.asUser('at-1').signup(),
  'asUser.updateProfile': (client) => client.asUser('at-1').updateProfile({ colour: 'blue' }),
  'asAdmin.listUsers': (client) => client.asAdmin('admin-1').listUsers([SOL]),
  'asAdmin.listUserIds': (client) => client.asAdmin('admin-1').listUserIds(),
  'asAdmin.allUserIds': (client) => client.asAdmin('admin-1').allUserIds().next(),
  'asUser.getMe': (client) => client.asUser('at-1').getMe(),
  'asUser.logout': (client) => client.asUser('at-1').logout(),
  'asUser.unlink': (client) => client.asUser('at-1').unlink(),
  'asUser.getShippingAddresses': (client) => client.asUser('at-1').getShippingAddresses(),
  'asUser.getScopes': (client) => client.asUser('at-1').getScopes(),
  'asUser.revokeScopes': (client) => client.asUser('at-1').revokeScopes(['gender']),
  'asUser.getServiceTerms': (client) => client.asUser('at-1').getServiceTerms(),
  'asUser.revokeServiceTerms': (client) => client.asUser('at-1').revokeServiceTerms(['tag-1']),
  'asUser.upgradeServiceTerms': (client) => client.asUser('at-1').upgradeServiceTerms(['tag-1']),
  'asAdmin.user.getMe': (client) => person(client).getMe(),
  'asAdmin.user.logout': (client) => person(client).logout(),
  'asAdmin.user.unlink': (client) => person(client).unlink(),
  'asAdmin.user.getShippingAddresses': (client) => person(client).getShippingAddresses(),
  'asAdmin.user.getScopes': (client) => person(client).getScopes(),
  'asAdmin.user.revokeScopes': (client) => person(client).revokeScopes(['gender']),
  'asAdmin.user.getServiceTerms': (client) => person(client).getServiceTerms(),
  'asAdmin.user.revokeServiceTerms': (client) => person(client).revokeServiceTerms(['tag-1']),
  'asAdmin.user.upgradeServiceTerms': (client) => person(client).upgradeServiceTerms(['tag-1']),
}

function person(client: KakaoClient) {
  return client.asAdmin('admin-1').user(SOL)
}
