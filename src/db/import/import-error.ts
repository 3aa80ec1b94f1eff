/** Whether another secret, another target, or another version is needed. */
export type ImportProblem = 'secret' | 'target' | 'source'

/** A store that is not moved. Neither source nor target has changed, but for what the message says. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
  readonly problem: ImportProblem

  constructor(problem: ImportProblem, message: string) {
    super(message)
    this.problem = problem
  }
}
