import type { z } from 'zod'

/**
 * Tells what is wrong with a value, a line per problem, each naming its field.
 *
 * @param whole What to call the value itself.
 */
export function toProblems(error: z.ZodError, whole: string): string[] {
  return error.issues.flatMap((issue) => toLines(issue, whole))
}

function toLines(issue: z.core.$ZodIssue, whole: string): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `${toFieldPath([...issue.path, key], whole)}: is not a known field`,
    )
  }
  return [`${toFieldPath(issue.path, whole)}: ${toMessage(issue)}`]
}

/** Needs the option `reportInput` of the parser. Messages of our own stay as they are. */
function toMessage(issue: z.core.$ZodIssue): string {
  if ('input' in issue && issue.input === undefined) return 'is missing'
  if (!/^(Invalid|Too) /.test(issue.message)) return issue.message
  if (issue.code === 'invalid_type') return `must be a JSON ${issue.expected}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'too_small')
    return `must be ${issue.inclusive ? 'at least' : 'over'} ${issue.minimum}`
  if (issue.code === 'too_big')
    return `must be ${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`
  return issue.message.replace(/^Invalid [a-z]+: /, '')
}

/** `['apps', 0, 'app_id']` becomes `apps[0].app_id`. */
function toFieldPath(path: readonly PropertyKey[], whole: string): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
  return text.join('').replace(/^\./, '') || whole
}
