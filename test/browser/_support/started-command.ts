import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '../../_support/free-port.ts'
import { NEEDED_ENVIRONMENT } from '../../_support/needed-environment.ts'
import type { ServedWorld } from './served-world.ts'

const COMMAND = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url))

export interface StartedCommand extends ServedWorld {
  /** What it wrote on stderr, as far as the address of Kakao. */
  readonly banner: string
  /** Asks it to stop. @returns Its exit code; `null` where a signal ended it. */
  stop(): Promise<number | null>
}

/** Runs what `npm start` runs, in an empty folder and with nothing set but a free port. */
export async function startCommand(): Promise<StartedCommand> {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-start-'))
  const port = await findFreePort()
  const child = spawn(process.execPath, [COMMAND, 'serve'], {
    cwd: folder,
    env: { ...NEEDED_ENVIRONMENT, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = once(child, 'exit')

  async function stop(): Promise<number | null> {
    child.kill('SIGTERM')
    const [code] = (await exited) as [number | null]
    return code
  }

  return {
    appUrl: `http://localhost:${port}`,
    // There is no page app beside it.
    pageAppUrl: `http://localhost:${port}`,
    kakaoUrl: 'http://localhost:8001',
    banner: await readUntil(child.stderr, 'Kakao '),
    stop,
    async close() {
      await stop()
      await rm(folder, { recursive: true })
    },
  }
}

/** @throws {Error} The stream ended without that text; the message holds what it said instead. */
async function readUntil(stream: NodeJS.ReadableStream, text: string): Promise<string> {
  const lines: string[] = []
  for await (const line of createInterface(stream)) {
    lines.push(line)
    if (line.includes(text)) return lines.join('\n')
  }
  throw new Error(`never said "${text}" but: ${lines.join('\n')}`)
}
