import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { ROOT } from '../../tools/run.ts'
import { CAN_PIN } from './cpus.ts'

/** Where and of what figures were taken: without it they say nothing. */
export interface Machine {
  readonly at: string
  readonly commit: string
  readonly cpu: string
  readonly memoryGb: number
  readonly os: string
  readonly node: string
  readonly pinned: boolean
  /** Of the last minute, before the benchmark began. */
  readonly loadAverage: number
}

export function describeMachine(): Machine {
  const processors = cpus()
  return {
    at: new Date().toISOString(),
    commit: readCommit(),
    cpu: `${processors.length} x ${processors[0]?.model}`,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    os: `Linux ${release()}`,
    node: process.version,
    pinned: CAN_PIN,
    loadAverage: Number((loadavg()[0] ?? 0).toFixed(2)),
  }
}

function readCommit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim()
  return (
    git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+changes')
  )
}
