import type { Context, Hono, MiddlewareHandler } from 'hono'
import { controlProblemPage, controlResultPage } from '../pages/control-answer-page.ts'
import { FORM_BACK, FORM_JSON, FORM_METHOD, FORM_SHOW } from '../pages/control-form.ts'
import { pageResponse } from '../pages/page-response.ts'
import type { RouteEnv } from '../world.ts'

/**
 * Lets the forms of the control pages do what JSON does. A form becomes the JSON request that it
 * stands for; its answer becomes a page, or leads back to the page that the form was on. Whatever
 * has no `_back` field is no such form and goes through untouched.
 */
export function bridgeForms(app: Hono<RouteEnv>): MiddlewareHandler<RouteEnv> {
  return async (c, next) => {
    const form = await findForm(c)
    if (form === undefined) return await next()
    const response = await app.fetch(toJsonRequest(c.req.raw, form), c.env)
    return await answerForm(c.req.raw, form, response)
  }
}

async function findForm(c: Context<RouteEnv>): Promise<URLSearchParams | undefined> {
  const type = c.req.header('content-type') ?? ''
  const isForm = c.req.method === 'POST' && type.startsWith('application/x-www-form-urlencoded')
  if (!isForm) return undefined
  // A clone, since what is no form of ours is read again.
  const form = new URLSearchParams(await c.req.raw.clone().text())
  return form.has(FORM_BACK) ? form : undefined
}

function toJsonRequest(request: Request, form: URLSearchParams): Request {
  const headers = new Headers(request.headers)
  headers.set('accept', 'application/json')
  headers.set('content-type', 'application/json')
  headers.delete('content-length')
  const body = form.get(FORM_JSON) ?? JSON.stringify(toMembers(form))
  const wanted = form.get(FORM_METHOD)
  const method = wanted === 'PATCH' || wanted === 'DELETE' ? wanted : 'POST'
  return new Request(request.url, { method, headers, body })
}

/** A name may say what its value is, as `times:number` does. What is empty counts as nothing. */
function toMembers(form: URLSearchParams): Record<string, unknown> {
  const fields = [...form].filter(([name]) => !name.startsWith('_'))
  return Object.fromEntries(
    fields.map(([field, text]) => {
      const [name = '', kind] = field.split(':')
      return [name, text === '' ? null : toValue(kind, text)]
    }),
  )
}

function toValue(kind: string | undefined, text: string): unknown {
  if (kind === 'number') return Number(text)
  if (kind === 'flag') return text === 'true'
  if (kind === 'list') return text.split(/[\s,]+/).filter((part) => part !== '')
  return text
}

async function answerForm(
  request: Request,
  form: URLSearchParams,
  response: Response,
): Promise<Response> {
  const back = toOwnPath(form.get(FORM_BACK) ?? '')
  const answer: unknown = await response.json()
  if (response.status >= 400) {
    return await pageResponse(
      request,
      (language) => controlProblemPage({ answer, back, language }),
      response.status,
    )
  }
  if (form.has(FORM_SHOW)) {
    return await pageResponse(request, (language) => controlResultPage({ answer, back, language }))
  }
  return new Response(null, { status: 303, headers: { location: back } })
}

function toOwnPath(back: string): string {
  return /^\/_emulator\/[\w/-]*$/.test(back) ? back : '/_emulator/'
}
