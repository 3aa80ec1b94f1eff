import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Ask } from './browser.ts'
import { NEEDED_ENVIRONMENT } from './needed-environment.ts'

/** Our server in a process of its own. */
export interface StartedServer {
  readonly url: string
  readonly pid: number
  readonly ask: Ask
  /** All that it has written to stdout. */
  readOutput(): string
  post(path: string, body: object): Promise<Response>
  /** Asks it to stop. @returns Its exit code; `null` where a signal ended it. */
  stop(): Promise<number | null>
  /** Ends it with no chance to finish anything. */
  kill(): Promise<void>
}

const CLI = resolve(import.meta.dirname, '../../src/cli.ts')

/**
 * Starts `daemun serve` and waits until it listens.
 *
 * @param script What stands in for the command itself.
 */
export async function startServer(
  environment: Record<string, string>,
  folder: string,
  script: string = CLI,
): Promise<StartedServer> {
  const child = spawn(process.execPath, [script, 'serve'], {
    cwd: folder,
    env: { ...NEEDED_ENVIRONMENT, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = once(child, 'exit')
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const lines = createInterface({ input: child.stdout })
  const listening = (async () => {
    for await (const line of lines) if (line.includes('"listening"')) return true
    return false
  })()
  if (!(await listening)) throw new Error(`the server stopped before it listened: ${complaints}`)
  // A pipe that nobody empties would hold the server up.
  child.stdout.resume()

  const url = `http://localhost:${environment.PORT}`
  return {
    url,
    pid: child.pid ?? 0,
    readOutput: () => output,
    // Redirects are the browser's to follow.
    ask: async (request) => await fetch(request, { redirect: 'manual' }),
    post: async (path, body) =>
      await fetch(url + path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    async stop() {
      child.kill('SIGTERM')
      const [code] = (await exit) as [number | null]
      return code
    },
    async kill() {
      child.kill('SIGKILL')
      await exit
    },
  }
}
