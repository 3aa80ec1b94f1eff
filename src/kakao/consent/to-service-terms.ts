import {
  type Fields,
  omitUndefined,
  readFlag,
  readId,
  readInstant,
  readList,
  readText,
  type Unread,
} from '../call/fields.ts'
import type {
  WireAgreedServiceTerm,
  WireAgreedServiceTerms,
  WireRevokedServiceTerm,
  WireRevokedServiceTerms,
  WireServiceTerm,
  WireServiceTerms,
} from '../wire.ts'
import type {
  KakaoAgreedServiceTerm,
  KakaoAgreedServiceTerms,
  KakaoRevokedServiceTerm,
  KakaoRevokedServiceTerms,
  KakaoServiceTerm,
  KakaoServiceTerms,
} from './consent-types.ts'

/** A list that is missing is an empty one; a list that is broken makes the answer unusable. */
export function findServiceTerms(wire: Unread<WireServiceTerms>): KakaoServiceTerms | undefined {
  const id = readId(wire.id)
  const serviceTerms = readList(wire.service_terms ?? [], findServiceTerm)
  return id === undefined || serviceTerms === undefined ? undefined : { id, serviceTerms }
}

export function findRevokedServiceTerms(
  wire: Unread<WireRevokedServiceTerms>,
): KakaoRevokedServiceTerms | undefined {
  const id = readId(wire.id)
  const revokedServiceTerms = readList(wire.revoked_service_terms ?? [], findRevokedServiceTerm)
  if (id === undefined || revokedServiceTerms === undefined) return undefined
  return { id, revokedServiceTerms }
}

export function findAgreedServiceTerms(
  wire: Unread<WireAgreedServiceTerms>,
): KakaoAgreedServiceTerms | undefined {
  const id = readId(wire.id)
  const agreedServiceTerms = readList(wire.agreed_service_terms ?? [], findAgreedServiceTerm)
  return id === undefined || agreedServiceTerms === undefined
    ? undefined
    : { id, agreedServiceTerms }
}

function findServiceTerm(fields: Fields): KakaoServiceTerm | undefined {
  const wire: Unread<WireServiceTerm> = fields
  const term = findAgreedServiceTerm(wire)
  if (term === undefined) return undefined
  const isRequired = readFlag(wire.required)
  return { ...term, ...omitUndefined({ isRequired, isRevocable: readFlag(wire.revocable) }) }
}

function findAgreedServiceTerm(
  wire: Unread<WireAgreedServiceTerm>,
): KakaoAgreedServiceTerm | undefined {
  const term = findRevokedServiceTerm(wire)
  if (term === undefined) return undefined
  const agreedAt = readInstant(wire.agreed_at)
  return { ...term, ...omitUndefined({ agreedAt, agreedBy: readText(wire.agreed_by) }) }
}

function findRevokedServiceTerm(
  wire: Unread<WireRevokedServiceTerm>,
): KakaoRevokedServiceTerm | undefined {
  const tag = readText(wire.tag)
  const isAgreed = readFlag(wire.agreed)
  return tag === undefined || isAgreed === undefined ? undefined : { tag, isAgreed }
}
