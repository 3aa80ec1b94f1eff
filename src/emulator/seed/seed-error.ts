/** A seed that cannot be used. The message has a line per problem, each naming its field. */
export class SeedError extends Error {
  override readonly name = 'SeedError'
  /** One line each, such as `apps[0].app_id: must be a whole number`. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}
