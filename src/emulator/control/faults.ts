import type { Fault } from './fault-schema.ts'

/** A fault, and how many requests it still hits. */
export interface ActiveFault extends Fault {
  /** Absent: every one until it is cleared. */
  readonly remaining?: number
}

/** The faults waiting for requests. */
export interface Faults {
  add(fault: Fault): void
  /** The first fault that hits a request; it is used up by one. */
  take(request: Request): Fault | undefined
  list(): readonly ActiveFault[]
  clear(): void
}

export function createFaults(): Faults {
  const active = new Map<Fault, number>()

  return {
    add: (fault) => void active.set(fault, fault.times ?? Number.POSITIVE_INFINITY),

    take(request) {
      const hit = [...active].find(([fault]) => matches(fault, request))
      if (hit === undefined) return undefined
      const [fault, remaining] = hit
      if (remaining > 1) active.set(fault, remaining - 1)
      else active.delete(fault)
      return fault
    },

    list: () =>
      [...active].map(([fault, remaining]) =>
        fault.times === undefined ? fault : { ...fault, remaining },
      ),
    clear: () => active.clear(),
  }
}

function matches({ method, path }: Fault, request: Request): boolean {
  if (method !== undefined && method !== request.method) return false
  const { pathname } = new URL(request.url)
  if (path?.endsWith('*')) return pathname.startsWith(path.slice(0, -1))
  return path === undefined || path === pathname
}
