/**
 * What Kakao sends, in Kakao's own names. An optional field is absent, never null, when there is
 * nothing to say. Ids are text here; on the wire they are bare numbers of up to 19 digits.
 */
export type * from './wire/admin.ts'
export type * from './wire/consent.ts'
export type * from './wire/errors.ts'
export type * from './wire/kauth.ts'
export type * from './wire/user.ts'
export type * from './wire/webhook.ts'
