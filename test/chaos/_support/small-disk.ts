import { execFileSync } from 'node:child_process'
import { appendFileSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A place for files that can be without room. */
export interface SmallDisk {
  readonly folder: string
  /** From now on what a process writes there fails. */
  fill(pid: number): void
  /** There is room again. */
  free(pid: number): void
  close(): Promise<void>
}

export interface DiskKind {
  readonly name: string
  create(): Promise<SmallDisk>
}

const DISK_BYTES = 4 * 1024 * 1024

/** A file system of its own, which is full: only root may mount one. */
const TMPFS: DiskKind = {
  name: 'a disk that is full',
  async create() {
    const folder = await createFolder()
    mount(folder)
    const ballast = join(folder, 'ballast')
    return {
      folder,
      fill() {
        for (const bytes of [64 * 1024, 512, 1]) writeUntilFull(ballast, bytes)
      },
      free: () => rmSync(ballast),
      async close() {
        execFileSync('umount', ['-l', folder])
        await rm(folder, { recursive: true })
      },
    }
  },
}

/** A limit on the files of a process, which it meets: `EFBIG` rather than `ENOSPC`. */
const LIMIT: DiskKind = {
  name: 'files that may not grow',
  async create() {
    const folder = await createFolder()
    const limit = (pid: number, bytes: string) =>
      execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
    return {
      folder,
      fill: (pid) => limit(pid, '1024'),
      free: (pid) => limit(pid, 'unlimited'),
      close: () => rm(folder, { recursive: true }),
    }
  },
}

/** Those that can be had on this machine. */
export const DISK_KINDS: readonly DiskKind[] = (await canMount()) ? [TMPFS, LIMIT] : [LIMIT]

async function canMount(): Promise<boolean> {
  const folder = await createFolder()
  try {
    mount(folder)
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function createFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'daemun-small-'))
}

function mount(folder: string): void {
  const size = `size=${DISK_BYTES}`
  execFileSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder], { stdio: 'ignore' })
}

function writeUntilFull(path: string, bytes: number): void {
  const chunk = Buffer.alloc(bytes)
  try {
    for (;;) appendFileSync(path, chunk)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}
