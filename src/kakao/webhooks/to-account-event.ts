import { type Fields, omitUndefined, readText, type Unread } from '../call/fields.ts'
import type { WireAccountEvent } from '../wire.ts'
import type { KakaoAccountEvent } from './account-status-types.ts'
import { findEventTypeName } from './event-types.ts'

export function toAccountEvent(uri: string, payload: Fields): KakaoAccountEvent {
  const wire: Unread<WireAccountEvent> = payload
  const type = findEventTypeName(uri)
  const base = { uri, payload }
  const credentialType = readText(wire.credential_type)

  switch (type) {
    case undefined:
      return { type: 'unknown', ...base }
    case 'user-unlinked':
    case 'account-disabled':
      return { type, ...base, ...omitUndefined({ reason: readText(wire.reason) }) }
    case 'credential-compromise':
      return { type, ...base, ...omitUndefined({ credentialType }) }
    case 'credential-change': {
      const changeType = readText(wire.change_type)
      return { type, ...base, ...omitUndefined({ credentialType, changeType }) }
    }
    case 'assurance-level-change':
      return { type, ...base, ...readLevels(wire) }
    default:
      return { type, ...base }
  }
}

function readLevels(wire: Unread<WireAccountEvent>) {
  return omitUndefined({
    changeDirection: readText(wire.change_direction),
    currentLevel: readText(wire.current_level),
    previousLevel: readText(wire.previous_level),
  })
}
