export {
  findIdentity,
  type Identity,
  type IdentityState,
  insertIdentity,
  liftSuspension,
  listIdentities,
  listLinked,
  lockIdentities,
  lockIdentity,
  lockTies,
  markNeedsLogin,
  markSuspended,
  markUnlinked,
  noteEndedByUs,
  removeIdentity,
  touchIdentity,
} from './identity-store.ts'
export { toPartialProfile, toProfile } from './profile.ts'
export {
  findUncovered,
  type KeptProfile,
  mapFields,
  type ProfileField,
  type ProfileReading,
  toWithheld,
} from './profile-fields.ts'
export { eraseFields, eraseProfile, findProfile, keepProfile } from './profile-store.ts'
export type { User } from './user.ts'
export {
  findKakaoId,
  findKakaoIdOf,
  findUser,
  findUserByKakaoId,
  insertUser,
  type KnownUser,
  lockUser,
  removeUser,
  toUser,
  USER_COLUMNS,
} from './user-store.ts'
