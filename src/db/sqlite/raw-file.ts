import { openSync, read } from 'node:fs'
import { promisify } from 'node:util'

/**
 * Opened once and never closed: closing any of a file's descriptors would take away the locks that
 * SQLite holds on it in this process.
 *
 * @see [SQLite: how to corrupt a database, 2.2](https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_)
 */
const descriptors = new Map<string, number>()
const CHUNK_BYTES = 1024 * 1024

const readAt = promisify(read)

/** What a file is searched for: text, or bytes. */
export type Trace = string | Buffer

/** Whether a database file holds any of the traces, be it where SQLite no longer looks. */
export async function holdsAny(path: string, traces: readonly Trace[]): Promise<boolean> {
  const needles = traces.map((trace) => (typeof trace === 'string' ? Buffer.from(trace) : trace))
  // What begins in one chunk may end in the next.
  const overlap = Math.max(...needles.map(({ length }) => length)) - 1
  const buffer = Buffer.alloc(CHUNK_BYTES + overlap)
  const descriptor = getDescriptor(path)

  for (let position = 0; ; position += CHUNK_BYTES) {
    const { bytesRead } = await readAt(descriptor, buffer, 0, buffer.length, position)
    const chunk = buffer.subarray(0, bytesRead)
    if (needles.some((needle) => chunk.includes(needle))) return true
    if (bytesRead < buffer.length) return false
  }
}

function getDescriptor(path: string): number {
  const known = descriptors.get(path)
  if (known !== undefined) return known
  const descriptor = openSync(path, 'r')
  descriptors.set(path, descriptor)
  return descriptor
}
