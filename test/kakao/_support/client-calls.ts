import type { CallOptions, KakaoClient, KakaoClientCall } from '../../../src/kakao/index.ts'
import { eventToken, idToken } from './signing.ts'

const SOL = '1376016924429759228'

type Make = (client: KakaoClient, call?: CallOptions) => unknown

/** Every call of the client, made once. A call added to the client does not compile until here. */
export const CLIENT_CALLS: Readonly<Record<KakaoClientCall, Make>> = {
  authorizeUrl: (client) => client.authorizeUrl({ redirectUri: 'http://localhost:8000/cb/' }),
  logoutUrl: (client) => client.logoutUrl({ logoutRedirectUri: 'http://localhost:8000/out/' }),
  exchangeCode: (client, call) =>
    client.exchangeCode({ code: 'c0de', redirectUri: 'http://a.test/' }, call),
  refreshTokens: (client, call) => client.refreshTokens('rt-1', call),
  getDiscovery: (client, call) => client.getDiscovery(call),
  getTokenInfo: (client, call) => client.getTokenInfo('a.b.c', call),
  verifyIdToken: async (client, call) => client.verifyIdToken(await idToken(), {}, call),
  verifyAccountStatusWebhook: async (client, call) =>
    client.verifyAccountStatusWebhook(await eventToken(), {}, call),
  'keys.warm': (client, call) => client.keys.warm(call),
  'keys.findKey': (client, call) => client.keys.findKey('key-1', call),
  'asUser.getUserInfo': (client, call) => client.asUser('at-1').getUserInfo(call),
  'asUser.getAccessTokenInfo': (client, call) => client.asUser('at-1').getAccessTokenInfo(call),
  'asUser.signup': (client, call) => client.asUser('at-1').signup(call),
  'asUser.updateProfile': (client, call) =>
    client.asUser('at-1').updateProfile({ colour: 'blue' }, call),
  'asAdmin.listUsers': (client, call) => client.asAdmin('admin-1').listUsers([SOL], call),
  'asAdmin.listUserIds': (client, call) => client.asAdmin('admin-1').listUserIds(call),
  'asAdmin.allUserIds': (client, call) => client.asAdmin('admin-1').allUserIds(call).next(),
  'asUser.getMe': (client, call) => client.asUser('at-1').getMe(call),
  'asUser.logout': (client, call) => client.asUser('at-1').logout(call),
  'asUser.unlink': (client, call) => client.asUser('at-1').unlink(call),
  'asUser.getShippingAddresses': (client, call) => client.asUser('at-1').getShippingAddresses(call),
  'asUser.getScopes': (client, call) => client.asUser('at-1').getScopes(call),
  'asUser.revokeScopes': (client, call) => client.asUser('at-1').revokeScopes(['gender'], call),
  'asUser.getServiceTerms': (client, call) => client.asUser('at-1').getServiceTerms(call),
  'asUser.revokeServiceTerms': (client, call) =>
    client.asUser('at-1').revokeServiceTerms(['tag-1'], call),
  'asUser.upgradeServiceTerms': (client, call) =>
    client.asUser('at-1').upgradeServiceTerms(['tag-1'], call),
  'asAdmin.user.getMe': (client, call) => person(client).getMe(call),
  'asAdmin.user.logout': (client, call) => person(client).logout(call),
  'asAdmin.user.unlink': (client, call) => person(client).unlink(call),
  'asAdmin.user.getShippingAddresses': (client, call) => person(client).getShippingAddresses(call),
  'asAdmin.user.getScopes': (client, call) => person(client).getScopes(call),
  'asAdmin.user.revokeScopes': (client, call) => person(client).revokeScopes(['gender'], call),
  'asAdmin.user.getServiceTerms': (client, call) => person(client).getServiceTerms(call),
  'asAdmin.user.revokeServiceTerms': (client, call) =>
    person(client).revokeServiceTerms(['tag-1'], call),
  'asAdmin.user.upgradeServiceTerms': (client, call) =>
    person(client).upgradeServiceTerms(['tag-1'], call),
}

function person(client: KakaoClient) {
  return client.asAdmin('admin-1').user(SOL)
}
