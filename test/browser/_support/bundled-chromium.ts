import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { LaunchOptions } from 'playwright-core'

/** Inside the package, so that another version brings another browser. */
const PACKAGE = fileURLToPath(new URL('../..', toUrl('@sparticuz/chromium')))
const FOLDER = join(PACKAGE, 'unpacked')
const UNPACK = fileURLToPath(new URL('unpack-chromium.ts', import.meta.url))

export type Machine = Pick<NodeJS.Process, 'platform' | 'arch'>

/** The browser inside the npm package is built for Linux on x64 alone. */
export function isBundledFor({ platform, arch }: Machine): boolean {
  return platform === 'linux' && arch === 'x64'
}

/**
 * Unpacks the browser where that was not done before, with the libraries and the Latin font that a
 * bare machine lacks. No Korean font is among them: the pages have to bring their own.
 */
export async function unpackChromium(): Promise<LaunchOptions> {
  if (!existsSync(FOLDER)) await unpackTo(FOLDER)
  return {
    executablePath: join(FOLDER, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(FOLDER, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(FOLDER, 'fonts.conf'),
    },
  }
}

/** The folder appears whole or not at all: test files run at the same time. */
async function unpackTo(folder: string): Promise<void> {
  const draft = await mkdtemp(`${folder}-`)
  await promisify(execFile)(process.execPath, [UNPACK], {
    // The package unpacks its libraries only where it believes that it runs in AWS Lambda.
    env: { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
  })
  await writeFile(join(draft, 'fonts.conf'), fontsConfig(folder))
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true })
    if (!existsSync(folder)) throw error
  })
}

function fontsConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`
}

function toUrl(packageName: string): URL {
  return new URL(`file://${createRequire(import.meta.url).resolve(packageName)}`)
}
