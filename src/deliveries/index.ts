export { readDeadLetterBacklog, readDeliveryBacklog } from './backlog.ts'
export type { Mishap } from './courier.ts'
export {
  type DeadLetter,
  listDeadLetters,
  type Resent,
  removeDeadLettersBefore,
  resendAllDeadLetters,
  resendDeadLetter,
} from './dead-letters.ts'
export { createDeliveries } from './deliveries.ts'
