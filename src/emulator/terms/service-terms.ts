import type { WireServiceTerm } from '../../kakao/wire.ts'
import { toTimestamp } from '../clock.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { readList } from '../parameters.ts'
import type { AppServiceTerm } from '../state/apps.ts'
import { hasSync } from '../state/apps.ts'
import type { AgreedTerm } from '../state/links.ts'
import type { Switches } from '../switches.ts'
import type { Caller } from '../user/caller.ts'

/** @throws {KapiError} -3: the app has no Kakao Sync. */
export function checkSync({ app }: Caller): void {
  if (!hasSync(app)) throw new KapiError(-3)
}

/** Reads `tags`, a list with commas between. @returns `undefined` where it was not sent. */
export function readTags(parameters: URLSearchParams): string[] | undefined {
  const text = parameters.get('tags') ?? ''
  return text === '' ? undefined : readList(text)
}

/**
 * The terms of the app, or those of certain tags.
 *
 * @throws {KapiError} -2: a tag that the app has not.
 */
export function getTerms({ app }: Caller, tags: readonly string[] | undefined): AppServiceTerm[] {
  const all = app.settings.service_terms
  const unknown = tags?.filter((wanted) => !all.some(({ tag }) => tag === wanted)) ?? []
  if (unknown.length > 0) throw new KapiError(-2, { msg: `unknown tags: ${unknown.join(', ')}` })
  return tags === undefined ? all : all.filter(({ tag }) => tags.includes(tag))
}

export function toServiceTerm(
  { tag, required }: AppServiceTerm,
  agreement: AgreedTerm | undefined,
  { unagreed_terms_revocable }: Switches,
): WireServiceTerm {
  if (agreement === undefined) {
    return { tag, required, agreed: false, revocable: !required && unagreed_terms_revocable }
  }
  return { tag, required, agreed: true, revocable: !required, ...toAgreed(agreement) }
}

export function toAgreed({ at, by }: AgreedTerm) {
  return { agreed_at: toTimestamp(at), agreed_by: by }
}
