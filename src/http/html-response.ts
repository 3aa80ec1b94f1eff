import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { contentSecurityPolicy, type Html } from '../pages/index.ts'

/** Answers with a page. It loads nothing from elsewhere and may not be framed. */
export async function htmlResponse(
  context: Context,
  page: Html,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  context.header('content-security-policy', contentSecurityPolicy)
  context.header('vary', 'accept, accept-language', { append: true })
  return context.html(await page, status)
}
