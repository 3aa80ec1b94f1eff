import type { UserEvent } from './user-event.ts'

/**
 * Whether an event takes something back, so that no instance may go on by what it has read before.
 * What is only news, such as a new nickname, may be learnt some seconds later.
 */
export function isRevocation({ type }: UserEvent): boolean {
  switch (type) {
    case 'session.revoked':
    case 'user.withdrawn':
      return true
    case 'user.created':
    case 'user.updated':
    case 'user.signed_in':
    case 'consent.changed':
    case 'identity.linked':
    case 'identity.unlinked':
    case 'identity.needs_login':
      return false
  }
}
