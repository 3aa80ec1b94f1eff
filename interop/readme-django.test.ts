import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { CLIENT_ID, CLIENT_SECRET, SOL, startEmulator } from './_support/emulator.ts'

const SITE = resolve(import.meta.dirname, '_support/django_snippet.py')
const REDIRECT_URI = 'http://localhost:9999/kakao/callback/'
const PYTHON = ['/usr/bin/python3', 'python3'].find(
  (path) => spawnSync(path, ['-c', 'import django, requests']).status === 0,
)
if (PYTHON === undefined) {
  process.stderr.write(
    "\nSKIPPED: the README's Django lines were not run, since Django and requests are not here\n\n",
  )
}

describe.skipIf(PYTHON === undefined)('the Django lines of a README', () => {
  test.each(['README.md', 'README.en.md'])('%s: sign in at the emulator', async (readme) => {
    const emulator = await startEmulator()
    const folder = await mkdtemp(join(tmpdir(), 'daemun-django-'))
    await writeLines(readme, folder)

    const { stdout } = await promisify(execFile)(
      PYTHON ?? '',
      [SITE, folder, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, await getCode(emulator)],
      {
        env: { ...process.env, KAKAO_KAUTH_URL: emulator.origin, KAKAO_KAPI_URL: emulator.origin },
      },
    )

    expect(JSON.parse(stdout)).toEqual({ social_id: `kakao_${SOL.id}` })
    await emulator.close()
    await rm(folder, { recursive: true })
  })
})

/** Writes each block of Python into the file that its first line names. */
async function writeLines(readme: string, folder: string): Promise<void> {
  const text = await readFile(resolve(import.meta.dirname, '..', readme), 'utf8')
  for (const [, name = '', lines = ''] of text.matchAll(/```python\n# (\S+)\n(.*?)```/gs)) {
    await writeFile(join(folder, name), lines)
  }
}

async function getCode({ origin, kakao }: Awaited<ReturnType<typeof startEmulator>>) {
  const url = new URL(`${origin}/oauth/authorize`)
  url.search = new URLSearchParams({
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
  }).toString()
  const back = await kakao.authorize(url, SOL)
  return back.searchParams.get('code') ?? ''
}
