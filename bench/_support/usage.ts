import { readdir, readFile } from 'node:fs/promises'

/** What `/proc` counts in: `getconf CLK_TCK`, 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100
const MB = 1024 * 1024

/** Processor time that a process and those it has waited for took so far, in seconds. */
export async function readCpuSeconds(pid: number): Promise<number> {
  const fields = await readStat(pid)
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return ticks / TICKS_PER_SECOND
}

/** As {@link readCpuSeconds}, with those that the process has started and that still run. */
export async function readTreeCpuSeconds(pid: number): Promise<number> {
  const children = await listChildren(pid)
  const seconds = await Promise.all([pid, ...children].map((one) => readOr(0, readCpuSeconds(one))))
  return seconds.reduce((sum, one) => sum + one, 0)
}

/** Memory of a process that is in RAM now, in MB. */
export async function readResidentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / MB
}

/** The fields of `/proc/PID/stat` after the name, which may hold anything: the first is the state. */
async function readStat(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

async function listChildren(pid: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = await Promise.all(pids.map(async (one) => (await readOr([], readStat(one)))[1]))
  return pids.filter((_, index) => Number(parents[index]) === pid)
}

/** Processes end while we look. */
async function readOr<T>(otherwise: T, reading: Promise<T>): Promise<T> {
  return await reading.catch(() => otherwise)
}
