import type { Fact } from './fact.ts'
import type { IdSource } from './ids.ts'
import type { UserEventData, UserEventType } from './user-event.ts'
import type { EventfulUser } from './user-keys.ts'

/** An event as the service is told of it: nothing in it is personal. */
export type ToldEvent<Type extends UserEventType = UserEventType> = {
  [Each in Type]: {
    /** The same to every receiver, and each time that it is sent: `evt_…`. */
    readonly id: string
    readonly type: Each
    /** When it happened: RFC 3339, UTC. */
    readonly timestamp: string
    readonly data: {
      readonly user_id: string
      /** Counts the events of this user, from 1. */
      readonly sequence: number
    } & UserEventData[Each]
  }
}[Type]

export interface Telling {
  readonly at: Date
  readonly facts: readonly Fact[]
  readonly users: ReadonlyMap<string, EventfulUser>
  readonly ids: IdSource
}

/** Numbers what was told, in the order of the telling. What is about no user, nobody is told. */
export function toToldEvents({ at, facts, users, ids: source }: Telling): ToldEvent[] {
  const events = facts.flatMap(({ event }) => event ?? [])
  const ids = source.next('evt', at, events.length)
  const next = toFirstNumbers(events, users)

  return events.flatMap(({ type, userId, data }, index) => {
    const sequence = next.get(userId)
    const id = ids[index]
    if (sequence === undefined || id === undefined) return []
    next.set(userId, sequence + 1)
    // The type and its data came together; apart, the compiler no longer knows.
    return {
      id,
      type,
      timestamp: at.toISOString(),
      data: { user_id: userId, sequence, ...data },
    } as ToldEvent
  })
}

/** The users know the number of their last event: what was told leads up to it. */
function toFirstNumbers(
  events: readonly { readonly userId: string }[],
  users: ReadonlyMap<string, EventfulUser>,
): Map<string, number> {
  const first = new Map<string, number>()
  for (const { userId } of events) {
    const last = users.get(userId)?.sequence
    if (last !== undefined) first.set(userId, (first.get(userId) ?? last + 1) - 1)
  }
  return first
}
