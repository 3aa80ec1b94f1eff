import { callKapi } from '../call/call-kapi.ts'
import { type KapiAccess, toKakaoId } from '../call/caller.ts'
import { omitUndefined, readId, readText, type Unread } from '../call/fields.ts'
import { USER_ENDPOINTS } from '../endpoints/user-endpoints.ts'
import type { WireUserIds } from '../wire.ts'
import type { KakaoUserIds, KakaoUserIdsQuery } from './admin-api-types.ts'

export async function listUserIds(
  access: KapiAccess,
  { limit, fromId, order, ...call }: KakaoUserIdsQuery = {},
): Promise<KakaoUserIds> {
  const parameters = {
    limit: limit?.toString(),
    from_id: fromId === undefined ? undefined : toKakaoId(fromId),
    order,
  }
  return await callKapi(
    access,
    { endpoint: USER_ENDPOINTS.userIds, parameters, read: findUserIds },
    call,
  )
}

/** Whether a page begins with the last id of the one before is not documented: each comes once. */
export async function* allUserIds(
  access: KapiAccess,
  options: Omit<KakaoUserIdsQuery, 'limit'> = {},
): AsyncGenerator<string, void, undefined> {
  let { fromId } = options
  let last: string | undefined
  do {
    const page: KakaoUserIds = await listUserIds(access, {
      ...options,
      ...(fromId !== undefined && { fromId }),
    })
    const fresh = last === undefined ? page.ids : page.ids.slice(page.ids.indexOf(last) + 1)
    yield* fresh
    fromId = fresh.length > 0 ? page.nextFromId : undefined
    last = fresh.at(-1)
  } while (fromId !== undefined)
}

function findUserIds(wire: Unread<WireUserIds>): KakaoUserIds | undefined {
  if (!Array.isArray(wire.elements)) return undefined
  const ids = wire.elements.map(readId).filter((id) => id !== undefined)
  if (ids.length < wire.elements.length) return undefined
  return {
    ids,
    ...omitUndefined({
      nextFromId: findFromId(wire.after_url, ids.at(-1)),
      previousFromId: findFromId(wire.before_url, ids.at(0)),
    }),
  }
}

/** Kakao's addresses are never followed: they go by http and carry the app key. */
function findFromId(url: unknown, edge: string | undefined): string | undefined {
  const text = readText(url)
  if (text === undefined) return undefined
  const fromId = URL.canParse(text) ? new URL(text).searchParams.get('from_id') : undefined
  return readId(fromId) ?? edge
}
