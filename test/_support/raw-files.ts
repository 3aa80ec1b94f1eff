import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Reads an SQLite database's files as they lie on the disk, journal included. Another process does
 * it: a file closed in this one takes the locks of whoever has the database open here.
 */
export async function readRawFiles(path: string): Promise<Buffer> {
  const script = `cat "$1"*`
  const options = { encoding: 'buffer', maxBuffer: 1 << 30 } as const
  const { stdout } = await run('sh', ['-c', script, 'sh', path], options)
  return stdout
}
