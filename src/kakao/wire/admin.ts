import type { WireUserMe } from './user.ts'

/** `GET /v1/user/ids` */
export interface WireUserIds {
  /** Bare numbers on the wire. */
  elements: string[]
  before_url?: string | null
  after_url?: string | null
  /** @deprecated */
  total_count?: number
}

/** `GET /v2/app/users`: Kakao documents both a bare list and an object that holds one. */
export interface WireUsersObject {
  elements: WireUserMe[]
}
