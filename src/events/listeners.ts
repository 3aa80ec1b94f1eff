import type { ToldEvent } from './told-event.ts'
import type { UserEventType } from './user-event.ts'

/** Told of an event in this process. What it returns is waited for by nobody. */
export type EventListener<Type extends UserEventType = UserEventType> = (
  event: ToldEvent<Type>,
) => unknown

/** Those in this process who want to know of events. */
export interface EventListeners {
  /** @returns What ends it. */
  on<Type extends UserEventType>(type: Type, listener: EventListener<Type>): () => void
  /** Tells each of them; what they throw harms nobody. */
  tell(events: readonly ToldEvent[]): void
}

/** @param onError Told of what a listener threw, or rejected with. */
export function createEventListeners(
  onError: (error: unknown, event: { id: string; type: UserEventType }) => void,
): EventListeners {
  const listeners = new Set<{ type: UserEventType; listener: EventListener }>()

  async function tellOne(listener: EventListener, event: ToldEvent): Promise<void> {
    try {
      await listener(event)
    } catch (error) {
      onError(error, event)
    }
  }

  return {
    on(type, listener) {
      // It is only ever handed events of its own type.
      const entry = { type, listener: listener as EventListener }
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },

    tell(events) {
      for (const event of events) {
        for (const { type, listener } of [...listeners]) {
          if (type === event.type) void tellOne(listener, event)
        }
      }
    },
  }
}
