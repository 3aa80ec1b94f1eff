export {
  type AddressLimit,
  createRateLimits,
  type RateLimits,
  type UserLimit,
} from './rate-limits.ts'
