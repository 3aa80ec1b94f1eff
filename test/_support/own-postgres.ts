import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

/** A real PostgreSQL that nobody else uses. */
export interface OwnPostgres {
  readonly url: string
  /** Cuts its connections, and ends in good order. */
  stop(): Promise<void>
  /** Ends on the spot: it will have to recover. */
  crash(): Promise<void>
  /** Starts it again, and settles once it takes connections. */
  start(): Promise<void>
  /** Ends it for good, with all that it holds. */
  close(): Promise<void>
}

const SCRIPT = resolve(import.meta.dirname, 'postgres-process.ts')

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const child = spawn(process.execPath, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const nextLine = async () => {
    const [line] = await Promise.race([
      once(lines, 'line'),
      exit.then(([code]) => {
        throw new Error(`PostgreSQL did not start (${code})`)
      }),
    ])
    return String(line)
  }
  const tell = async (command: string) => {
    child.stdin.write(`${command}\n`)
    await nextLine()
  }

  return {
    url: await nextLine(),
    stop: () => tell('stop'),
    crash: () => tell('crash'),
    start: () => tell('start'),

    async close() {
      child.stdin.end()
      await exit
    },
  }
}
