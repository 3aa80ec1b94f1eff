import { ProblemError } from '../errors.ts'

/**
 * Reads query parameters by name. One without a value counts as missing (RFC 6749, section 3.1);
 * others than those named are nobody's business.
 *
 * @throws {ProblemError} `duplicate_parameter`
 */
export function readQuery<const Name extends string>(
  url: string,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const { searchParams } = new URL(url)
  const query: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const [value, ...more] = searchParams.getAll(name)
    if (more.length > 0) {
      throw new ProblemError('duplicate_parameter', {
        detail: `The parameter ${name} is there more than once.`,
      })
    }
    if (value !== undefined && value !== '') query[name] = value
  }
  return query
}
