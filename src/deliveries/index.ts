export type { Mishap } from './courier.ts'
export { createDeliveries } from './deliveries.ts'
