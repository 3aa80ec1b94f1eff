import { callKapi } from '../call/call-kapi.ts'
import type { KapiAccess } from '../call/caller.ts'
import {
  type Fields,
  omitUndefined,
  readFlag,
  readId,
  readList,
  readText,
  type Unread,
} from '../call/fields.ts'
import type { CallOptions } from '../client-types.ts'
import { CONSENT_ENDPOINTS } from '../endpoints/consent-endpoints.ts'
import type { WireScope, WireScopes } from '../wire.ts'
import type { KakaoScope, KakaoScopes } from './consent-types.ts'

export async function getScopes(
  access: KapiAccess,
  { scopes, ...call }: CallOptions & { readonly scopes?: readonly string[] } = {},
): Promise<KakaoScopes> {
  return await callKapi(
    access,
    { endpoint: CONSENT_ENDPOINTS.scopes, parameters: { scopes }, read: findScopes },
    call,
  )
}

export async function revokeScopes(
  access: KapiAccess,
  scopes: readonly string[],
  call?: CallOptions,
): Promise<KakaoScopes> {
  return await callKapi(
    access,
    { endpoint: CONSENT_ENDPOINTS.revokeScopes, parameters: { scopes }, read: findScopes },
    call,
  )
}

/** Nothing is passed over: personal data is erased by this answer. */
function findScopes(wire: Unread<WireScopes>): KakaoScopes | undefined {
  const id = readId(wire.id)
  const scopes = readList(wire.scopes, findScope)
  return id === undefined || scopes === undefined ? undefined : { id, scopes }
}

function findScope(fields: Fields): KakaoScope | undefined {
  const wire: Unread<WireScope> = fields
  const id = readText(wire.id)
  const isAgreed = readFlag(wire.agreed)
  if (id === undefined || isAgreed === undefined) return undefined
  return {
    id,
    isAgreed,
    ...omitUndefined({
      displayName: readText(wire.display_name),
      type: readText(wire.type),
      isInUse: readFlag(wire.using),
      isRevocable: readFlag(wire.revocable),
      isDelegated: readFlag(wire.delegated),
    }),
  }
}
