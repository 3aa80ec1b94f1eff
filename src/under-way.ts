/** Counts the work that is under way, so that whoever closes things can wait for it. */
export interface UnderWay {
  /** Does work. @returns What comes of it. */
  run<T>(work: () => T | Promise<T>): Promise<T>
  /** Settles once nothing is under way, what came meanwhile included. Never rejects. */
  settle(): Promise<void>
}

export function createUnderWay(): UnderWay {
  let count = 0
  let idle = Promise.withResolvers<void>()

  return {
    async run(work) {
      if (count === 0) idle = Promise.withResolvers()
      count += 1
      try {
        return await work()
      } finally {
        count -= 1
        if (count === 0) idle.resolve()
      }
    },

    async settle() {
      while (count > 0) await idle.promise
    },
  }
}
