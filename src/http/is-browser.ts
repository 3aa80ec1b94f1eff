import type { Context } from 'hono'

/** Whether the answer should be a page or a redirect for a person rather than JSON. */
export function isBrowser(context: Context): boolean {
  return context.req.header('accept')?.includes('text/html') ?? false
}
