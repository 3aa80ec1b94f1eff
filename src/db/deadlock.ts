/** Of transactions that wait for each other in a ring, PostgreSQL ends one. */
const DEADLOCK_DETECTED = '40P01'

/** Whether a transaction failed for nothing but bad luck: done again, it may well succeed. */
export function isDeadlock(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === DEADLOCK_DETECTED
}
