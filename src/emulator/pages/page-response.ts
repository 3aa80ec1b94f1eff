import { type Language, pickLanguage } from './language.ts'

/** A piece of HTML made by `html` of Hono, which escapes every value. */
export type Html = ReturnType<typeof import('hono/html').html>

/**
 * Pages need no script and load nothing from elsewhere. There is no `form-action`: browsers apply it
 * to redirects too, and the consent form ends in a redirect to the app.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  'img-src *',
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A page in the language that the browser prefers. */
export async function pageResponse(
  request: Request,
  render: (language: Language) => Html,
  status = 200,
): Promise<Response> {
  const language = pickLanguage(request.headers.get('accept-language'))
  const body = await render(language)
  return new Response(String(body), {
    status,
    headers: {
      'content-type': 'text/html;charset=UTF-8',
      'content-language': language,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      vary: 'accept-language',
    },
  })
}
