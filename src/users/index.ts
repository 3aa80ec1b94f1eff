export { toPartialProfile, toProfile } from './profile.ts'
export type { ItemState, Profile, User } from './user.ts'
export {
  findKakaoId,
  findUser,
  findUserByKakaoId,
  insertUser,
  type KnownUser,
  lockUser,
  toUser,
  touchIdentity,
  updateProfile,
} from './user-store.ts'
