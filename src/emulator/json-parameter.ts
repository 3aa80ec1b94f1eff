import { KapiError } from './errors/kapi-error.ts'
import { parseWithLongs } from './json.ts'

/**
 * Reads a parameter that holds a JSON list of text, such as `scopes`.
 *
 * @returns `undefined` where it was not sent.
 * @throws {KapiError} -2: something else.
 */
export function readTextList(parameters: URLSearchParams, name: string): string[] | undefined {
  const value = readJson(parameters, name)
  if (value === undefined) return undefined
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new KapiError(-2, { msg: `${name} must be a list of text in JSON` })
  }
  return value
}

/**
 * Reads a parameter that holds a JSON list of user ids, bare numbers of up to 19 digits.
 *
 * @throws {KapiError} -2: something else.
 */
export function readIdList(parameters: URLSearchParams, name: string): string[] {
  const value = readJson(parameters, name)
  const ids = Array.isArray(value) ? value.map(String) : []
  if (ids.length === 0 || !ids.every((id) => /^\d{1,19}$/.test(id))) {
    throw new KapiError(-2, { msg: `${name} must be a list of ids in JSON` })
  }
  return ids
}

/**
 * Reads a parameter that holds a JSON object of text, such as `properties`.
 *
 * @returns `undefined` where it was not sent.
 * @throws {KapiError} -2: something else.
 */
export function readTextMap(
  parameters: URLSearchParams,
  name: string,
): ReadonlyMap<string, string> | undefined {
  const value = readJson(parameters, name)
  if (value === undefined) return undefined
  const entries = isObject(value) ? Object.entries(value) : [['', null] as const]
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    throw new KapiError(-2, { msg: `${name} must be an object of text in JSON` })
  }
  return new Map(entries)
}

/**
 * Reads a parameter that is a whole number.
 *
 * @throws {KapiError} -2: something else, or out of range.
 */
export function readWholeNumber(
  parameters: URLSearchParams,
  name: string,
  range: { readonly usual: number; readonly min: number; readonly max: number },
): number {
  const text = parameters.get(name) || String(range.usual)
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= range.min && number <= range.max)) {
    throw new KapiError(-2, { msg: `${name} is out of range` })
  }
  return number
}

function readJson(parameters: URLSearchParams, name: string): unknown {
  const text = parameters.get(name) ?? ''
  if (text === '') return undefined
  try {
    return parseWithLongs(text)
  } catch {
    throw new KapiError(-2, { msg: `${name} must be JSON` })
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
