import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The folder of the package that a module is from. */
const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/

/**
 * Gathers the notices that have to go with a bundle.
 *
 * @param modules Paths of all that is in it.
 * @returns A text with the licence of each package that they are from.
 * @throws A package has no file with its licence.
 */
export async function gatherLicences(modules: readonly string[]): Promise<string> {
  const folders = new Set(modules.flatMap((path) => PACKAGE.exec(path) ?? []))
  const notices = await Promise.all([...folders].sort().map(readNotice))
  return notices.join(`\n${'-'.repeat(80)}\n\n`)
}

async function readNotice(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8')
  const { name, version, license } = JSON.parse(text) as Record<string, string>
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
  if (file === undefined) throw new Error(`${name} has no file with its licence`)
  return `${name} ${version} (${license})\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`
}
