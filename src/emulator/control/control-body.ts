import type { z } from 'zod'

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
 * Reads a JSON body, whatever its content type says.
 *
 * @throws {ControlError} Not JSON, or not what is wanted.
 */
export async function readControlBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const result = schema.safeParse(parseJson(await request.text()))
  if (result.success) return result.data
  throw new ControlError(
    result.error.issues.map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`),
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ControlError(['the body: must be JSON'])
  }
}
