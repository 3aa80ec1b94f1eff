import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Figures } from './figures.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    figuresFile: string
  }
}

/** Collects what suites in all workers count, and prints it at the end of the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-figures-'))
  const file = join(folder, 'figures.jsonl')
  await writeFile(file, '')
  project.provide('figuresFile', file)

  return async () => {
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
    await rm(folder, { recursive: true })
    if (lines.length > 0) process.stdout.write(`\n Chaos\n${lines.map(toText).sort().join('')}\n`)
  }
}

function toText(line: string): string {
  const { title, figures } = JSON.parse(line) as { title: string; figures: Figures }
  const counts = Object.entries(figures).map(([name, count]) => `${name} ${count}`)
  return `   ${title}\n     ${counts.join(' · ')}\n`
}
