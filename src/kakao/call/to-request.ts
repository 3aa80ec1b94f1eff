import type { KakaoContext } from '../context.ts'
import type { KakaoEndpoint } from '../endpoints/endpoint.ts'
import { toQuery } from './parameters.ts'
import type { KakaoRequest } from './send.ts'

const FORM = 'application/x-www-form-urlencoded;charset=utf-8'

/** Puts parameters where the endpoint's method wants them: into the query, or into a form. */
export function toRequest(
  context: KakaoContext,
  endpoint: KakaoEndpoint,
  parameters: URLSearchParams,
  headers: Readonly<Record<string, string>> = {},
): KakaoRequest {
  const [method] = endpoint.methods
  const url = toUrl(context, endpoint)
  const { mayAnswerList } = endpoint
  const common = { method, ...(mayAnswerList && { mayAnswerList }) }
  if (method === 'GET') return { ...common, url: url + toQuery(parameters), headers }
  return {
    ...common,
    url,
    headers: { ...headers, 'content-type': FORM },
    body: parameters.toString(),
  }
}

export function toUrl(
  { kauthUrl, kapiUrl }: Pick<KakaoContext, 'kauthUrl' | 'kapiUrl'>,
  { host, path }: Pick<KakaoEndpoint, 'host' | 'path'>,
): string {
  return (host === 'kauth' ? kauthUrl : kapiUrl) + path
}
