import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const SCRIPT = join(import.meta.dirname, '_support/login-in-bare-runtime.ts')

interface Report {
  readonly subject: string
  readonly id: string
  readonly files: readonly string[]
}

test('a login needs nothing but Web standards', async () => {
  const { subject, id, files } = await logInWithoutNode()

  expect([subject, id]).toEqual(['1376016924429759228', '1376016924429759228'])
  // What that login did not come by is free of Node too.
  expect(files.length).toBeGreaterThan(50)
  for (const file of files) {
    expect(await readFile(file, 'utf8'), file).not.toMatch(
      /\b(Buffer|process|global)\b\s*[.(]|node:/,
    )
  }
})

async function logInWithoutNode(): Promise<Report> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    SCRIPT,
  ])
  return JSON.parse(stdout)
}
