import type { z } from 'zod'
import { parseWithLongs } from '../json.ts'
import { toProblems } from '../seed/problems.ts'

/** What was sent to the control surface cannot be used. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  /** One line each. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/**
 * Reads a JSON body, whatever its content type says. Ids keep their digits, quoted or not. A member
 * that is null counts as left out.
 *
 * @throws {ControlError} Not JSON, or not what is wanted.
 */
export async function readControlBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  return checkControlBody(withoutNulls(parseJson(await request.text())), schema)
}

/**
 * Reads a JSON body that changes some members of a whole; null takes one away.
 *
 * @throws {ControlError} Not a JSON object.
 */
export async function readChanges(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const changes = parseJson(await request.text())
  if (!isObject(changes)) throw new ControlError(['the body: must be a JSON object'])
  return changes
}

/** Checks what a change would lead to. @throws {ControlError} Not what is wanted. */
export function checkControlBody<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
): z.output<Schema> {
  const result = schema.safeParse(withoutNulls(value), { reportInput: true })
  if (result.success) return result.data
  throw new ControlError(toProblems(result.error, 'the body'))
}

function parseJson(text: string): unknown {
  try {
    return parseWithLongs(text)
  } catch {
    throw new ControlError(['the body: must be JSON'])
  }
}

function withoutNulls(value: unknown): unknown {
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
