import { parseWithLongs } from '../json.ts'
import { completeSeed, type EmulatorSeed } from './seed.ts'
import { SeedError } from './seed-error.ts'

/**
 * Reads a seed file, JSON or YAML. Long ids keep their digits, quoted or not.
 *
 * @throws {SeedError} Not readable, or not a seed; one line per problem, each naming its field.
 */
export async function readSeed(text: string): Promise<EmulatorSeed> {
  const value = looksLikeJson(text) ? readJson(text) : await readYaml(text)
  return completeSeed(value ?? {})
}

function looksLikeJson(text: string): boolean {
  return text.trimStart().startsWith('{')
}

function readJson(text: string): unknown {
  try {
    return parseWithLongs(text)
  } catch (error) {
    throw new SeedError([`the seed is not JSON: ${firstLine(error)}`])
  }
}

async function readYaml(text: string): Promise<unknown> {
  // Loaded here so that an emulator without a YAML seed starts without the parser.
  const { parse } = await import('yaml')
  try {
    const value: unknown = parse(text, { intAsBigInt: true })
    return toPlain(value)
  } catch (error) {
    throw new SeedError([`the seed is not YAML: ${firstLine(error)}`])
  }
}

/**
 * YAML is read with every integer as a `bigint`: those a double holds become numbers again. A name
 * with nothing behind it counts as left out.
 */
function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value
  }
  if (Array.isArray(value)) return value.map(toPlain)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(members.map(([key, member]) => [key, toPlain(member)]))
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n', 1)[0] ?? ''
}
