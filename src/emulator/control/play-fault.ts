import { kapiErrorResponse, kauthErrorResponse, koePageResponse } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { KauthError } from '../errors/kauth-error.ts'
import { stringifyWithLongs } from '../json.ts'
import { mayHaveBody } from '../seed/values.ts'
import type { World } from '../world.ts'
import { ConnectionDropped } from './connection-dropped.ts'
import type { Fault } from './fault-schema.ts'

/** Waits; rejects when the request is given up meanwhile. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>

/**
 * Plays a fault upon a request.
 *
 * @returns The answer, or `undefined` where the real one is to follow.
 * @throws {ConnectionDropped} The fault drops the connection.
 * @throws The signal's reason, when the request is given up during the delay.
 */
export async function playFault(
  fault: Fault,
  request: Request,
  { world, sleep }: { readonly world: World; readonly sleep: Sleep },
): Promise<Response | undefined> {
  if (fault.delay_ms !== undefined) await sleep(fault.delay_ms, request.signal)
  if (fault.drop === true) throw new ConnectionDropped()
  if (fault.koe !== undefined) return toKauthAnswer(fault.koe, fault.status, request, world)
  if (fault.code !== undefined) {
    return kapiErrorResponse(new KapiError(fault.code, given(fault.status)))
  }
  return toPlainAnswer(fault)
}

function toKauthAnswer(
  koe: string,
  status: number | undefined,
  request: Request,
  { switches }: World,
): Response | Promise<Response> {
  const error = new KauthError(koe, given(status))
  // Where a browser asks, Kakao shows a page.
  if (request.method === 'GET') {
    return koePageResponse(error, request, status ?? switches.error_page_status)
  }
  return kauthErrorResponse(error, switches.token_challenge)
}

function given(status: number | undefined): { status?: number } {
  return status === undefined ? {} : { status }
}

function toPlainAnswer({ status, body, content_type }: Fault): Response | undefined {
  if (status === undefined && body === undefined) return undefined
  const isText = body === undefined || typeof body === 'string'
  const usualType = body !== undefined && !isText ? 'application/json;charset=UTF-8' : 'text/html'
  const text = body === undefined ? emptyPage(status) : isText ? body : stringifyWithLongs(body)
  return new Response(mayHaveBody(status) ? text : null, {
    status: status ?? 200,
    headers: { 'content-type': content_type ?? usualType },
  })
}

/** What a gateway would put in the place of an answer. */
function emptyPage(status: number | undefined): string {
  return `<html><body><h1>${status}</h1></body></html>`
}
