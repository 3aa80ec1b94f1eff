import type { Ledger } from './ledger.ts'
import type { Trouble } from './trouble.ts'

/** An answer that is not the one hoped for, or none. */
export interface Failure {
  /** Absent: there was no answer. */
  readonly status?: number
  readonly code?: unknown
  readonly retryAfter?: string | null
  readonly error?: unknown
}

export interface AskingDeps {
  readonly ledger: Ledger
  readonly trouble: Trouble
  /** Whether this is how the service may fail while there is trouble. */
  readonly isExcusable: (failure: Failure) => boolean
}

/**
 * Asks, and judges the answer.
 *
 * @param title What is asked, for a complaint.
 * @param isGood Whether an answer is one to expect; told whether there was trouble meanwhile.
 * @returns The good answer. `undefined`: there was none; where nothing excuses that, the ledger
 * says so.
 */
export async function askFor(
  { ledger, trouble, isExcusable }: AskingDeps,
  title: string,
  send: () => Promise<Response>,
  isGood: (status: number, hadTrouble: boolean) => boolean = (status) => status === 200,
): Promise<Response | undefined> {
  const hadTrouble = trouble.watch()
  ledger.requests += 1
  const answer = await send().catch((error: unknown) => error)
  if (answer instanceof Response && isGood(answer.status, hadTrouble())) return answer

  const failure = await toFailure(answer)
  if (hadTrouble() && isExcusable(failure)) ledger.unanswered += 1
  else ledger.wrong.push(`${title}: ${failure.status} ${failure.code ?? failure.error}`)
  return undefined
}

async function toFailure(answer: unknown): Promise<Failure> {
  if (!(answer instanceof Response)) return { error: answer }
  // A proxy's own answers are no JSON.
  const { code } = (await answer.json().catch(() => ({}))) as { code?: unknown }
  return { status: answer.status, code, retryAfter: answer.headers.get('retry-after') }
}
