import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made: string[] = []

/** Makes a folder that goes at the end. */
export async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-bench-'))
  made.push(folder)
  return folder
}

export async function removeFolders(): Promise<void> {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
}
