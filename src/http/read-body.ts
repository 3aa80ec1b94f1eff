import type { Context } from 'hono'
import { ProblemError } from '../errors.ts'
import { readLimitedText } from '../limited-text.ts'

/** A body whose fields have not been looked at. */
export interface Body {
  readonly fields: ReadonlyMap<string, unknown>
  /** Whether it came as a form rather than as JSON. */
  readonly isForm: boolean
}

export const MOST_BODY_BYTES = 64 * 1024
const FORM = 'application/x-www-form-urlencoded'

/**
 * Reads a body of JSON or of a form. No body counts as an empty one.
 *
 * @throws {ProblemError} `unsupported_media_type`; `body_too_large`; `parameter_invalid`: no JSON
 * object, or cut short; `duplicate_parameter`, in a form.
 */
export async function readBody(context: Context): Promise<Body> {
  const text = await readWhole(context)
  const [type, ...parameters] = readContentType(context)
  const isKnown = type === FORM || type === 'application/json'
  if (text !== '' && !(isKnown && isUtf8(parameters))) {
    throw new ProblemError('unsupported_media_type')
  }
  const isForm = type === FORM
  return { isForm, fields: new Map(isForm ? readForm(text) : readJson(text)) }
}

/**
 * Reads a body as text.
 *
 * @throws {ProblemError} `body_too_large`; `parameter_invalid`: it was cut short.
 */
export async function readWhole({ req }: Context): Promise<string> {
  const text = await readLimitedText(req.raw.body, MOST_BODY_BYTES).catch(() => {
    // The caller has gone away: no fault of ours, nor of the store's.
    throw invalid('The body did not arrive whole.')
  })
  if (text === undefined) throw new ProblemError('body_too_large')
  return text
}

/** Reads a body of JSON, or none. @throws As {@link readBody}. */
export async function readJsonBody(context: Context): Promise<Body> {
  const body = await readBody(context)
  if (body.isForm) throw new ProblemError('unsupported_media_type')
  return body
}

/** Reads a body of a form. @throws As {@link readBody}. */
export async function readFormBody(context: Context): Promise<Body> {
  const body = await readBody(context)
  if (!body.isForm) throw new ProblemError('unsupported_media_type')
  return body
}

/**
 * Reads a field of text. A missing, null or empty one is no text.
 *
 * @throws {ProblemError} `parameter_invalid`
 */
export function readText({ fields }: Body, name: string): string | undefined {
  const value = fields.get(name) ?? ''
  if (typeof value !== 'string') throw invalid(`The parameter ${name} must be text.`)
  return value === '' ? undefined : value
}

/**
 * Reads a field with few possible values; JSON may say `true` where a form says `"true"`.
 *
 * @throws {ProblemError} `parameter_invalid`
 */
export function readChoice<const Choice extends string>(
  { fields }: Body,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = fields.get(name) ?? ''
  const text = typeof value === 'boolean' ? String(value) : value
  const choice = choices.find((one) => one === text)
  if (choice === undefined && text !== '') {
    throw invalid(`The parameter ${name} must be one of: ${choices.join(', ')}.`)
  }
  return choice
}

function readContentType(context: Context): string[] {
  const header = context.req.header('content-type') ?? ''
  return header.split(';').map((part) => part.trim().toLowerCase())
}

/** Read as what it is not, text would come to mean something else. */
function isUtf8(parameters: readonly string[]): boolean {
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))
  return charset === undefined || /^charset="?(utf-?8|us-ascii)"?$/.test(charset)
}

function readJson(text: string): [string, unknown][] {
  let value: unknown
  try {
    value = text === '' ? {} : JSON.parse(text)
  } catch {
    throw invalid('The body is not JSON.')
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject) throw invalid('The body is not a JSON object.')
  return Object.entries(value as object)
}

function readForm(text: string): [string, string][] {
  const entries = [...new URLSearchParams(text)]
  if (new Map(entries).size < entries.length) throw new ProblemError('duplicate_parameter')
  return entries
}

function invalid(detail: string): ProblemError {
  return new ProblemError('parameter_invalid', { detail })
}
