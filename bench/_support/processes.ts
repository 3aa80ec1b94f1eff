import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type Cpus, onCpus } from './cpus.ts'

/** A process of ours, running. */
export interface Started {
  readonly pid: number
  /** What it wrote when it was ready. */
  readonly readyLine: string
  /** Sends it a line. */
  tell(line: string): void
  /** Reads the next line that it writes. */
  hear(): Promise<string>
  /** Reads whatever it writes from now on: a log that nobody takes is not written either. */
  ignoreOutput(): void
  stop(): Promise<void>
}

export interface ProcessOptions {
  readonly cpus: Cpus
  /** What its last line before it can be used holds. */
  readonly ready: string
  readonly environment?: Readonly<Record<string, string>>
  /** Of Node itself. */
  readonly nodeOptions?: readonly string[]
  readonly folder?: string
  /** What ends it. Default: the end of its stdin. */
  readonly stopSignal?: NodeJS.Signals
}

const running = new Set<Started>()

/**
 * Starts a script with Node and waits until it says that it is ready.
 *
 * @throws It ended before. What it complained of went to stderr.
 */
export async function startNode(
  script: readonly string[],
  options: ProcessOptions,
): Promise<Started> {
  const { nodeOptions = [], environment = {}, folder } = options
  const [command = '', ...args] = onCpus(options.cpus, [
    process.execPath,
    ...nodeOptions,
    ...script,
  ])
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const started = await untilReady(child, options)
  running.add(started)
  return started
}

/** Ends whatever still runs, so that a benchmark that failed leaves nothing behind. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((one) => one.stop()))
}

async function untilReady(
  child: ChildProcess & { readonly stdin: NonNullable<ChildProcess['stdin']> },
  { ready, stopSignal }: ProcessOptions,
): Promise<Started> {
  const exit = once(child, 'exit')
  const { stdout } = child
  if (stdout === null) throw new Error('a process without stdout')
  const reader = createInterface({ input: stdout })
  const lines = reader[Symbol.asyncIterator]()
  const hear = async () => String((await lines.next()).value ?? '')

  let readyLine = ''
  while (!readyLine.includes(ready)) {
    const { done, value } = await lines.next()
    if (done) throw new Error(`a process ended before it was ready: ${child.spawnargs.join(' ')}`)
    readyLine = String(value)
  }
  const started: Started = {
    pid: child.pid ?? 0,
    readyLine,
    tell: (line) => child.stdin.write(`${line}\n`),
    hear,
    ignoreOutput() {
      reader.close()
      stdout.resume()
    },
    async stop() {
      running.delete(started)
      child.stdin.end()
      if (stopSignal !== undefined) child.kill(stopSignal)
      await exit
    },
  }
  return started
}
