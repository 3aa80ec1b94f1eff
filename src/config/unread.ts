import type { EnvironmentReader } from './reader.ts'

/** Variables of later versions. Set already, they have no effect, and the log says so at start. */
const NOT_READ_YET = ['RATE_LIMIT_ADMIN', 'ADMIN_SOCIAL_IDS', 'ADMIN_TOKEN'] as const

/** Finds what is set and not read. */
export function findUnread(reader: EnvironmentReader): string[] {
  return NOT_READ_YET.filter((variable) => reader.text(variable) !== undefined)
}
