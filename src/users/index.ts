export {
  findIdentity,
  type Identity,
  type IdentityState,
  listIdentities,
  markNeedsLogin,
  touchIdentity,
} from './identity-store.ts'
export { toPartialProfile, toProfile } from './profile.ts'
export type { ItemState, Profile, User } from './user.ts'
export {
  findKakaoId,
  findUser,
  findUserByKakaoId,
  insertUser,
  type KnownUser,
  lockUser,
  removeIdentities,
  removeUser,
  toUser,
  updateProfile,
} from './user-store.ts'
