import type { Rememberer, StoreWatch } from '../store-watch.ts'

/**
 * Looks whether another process has written to the file: then all is forgotten. What is written
 * through our own connection does not count. Requests that arrive together share one look: each takes
 * longer than all else that is done to find a session in memory.
 *
 * @param readVersion SQLite's `data_version`.
 * @see [SQLite: PRAGMA data_version](https://www.sqlite.org/pragma.html#pragma_data_version)
 */
export function watchVersion(readVersion: () => number, rememberer: Rememberer): StoreWatch {
  let known: number | undefined
  let isLooked = false

  function look(): boolean {
    if (isLooked) return true
    const version = readVersion()
    if (version !== known) rememberer.forgetAll()
    known = version
    isLooked = true
    // With the turn of the event loop.
    setImmediate(() => {
      isLooked = false
    })
    return true
  }

  return {
    isCurrent() {
      try {
        return look()
      } catch {
        // The file is locked or gone. Whoever asks the store itself waits for it, or is told why not.
        return false
      }
    },
    async announce() {},
    async close() {},
  }
}
