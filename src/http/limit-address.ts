import type { RateLimits } from '../limits/index.ts'
import type { Route } from './route.ts'

/**
 * Counts requests before anything else is done about them: what is refused costs neither a body nor
 * the store nor Kakao.
 */
export function limitAddress(limits: RateLimits, route: Route): Route {
  const { limit, handle } = route
  if (limit === undefined) return route
  return {
    ...route,
    handle(context) {
      limits.countAddress(limit, context.get('circumstances').address)
      return handle(context)
    },
  }
}
