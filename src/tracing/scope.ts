import { AsyncLocalStorage } from 'node:async_hooks'
import type { Span, SpanOptions, Tracer } from './tracer.ts'

/** What somebody is at: a request, or a piece of work behind the answers. */
export interface Scope {
  readonly requestId?: string
  readonly span: Span
}

const scopes = new AsyncLocalStorage<Scope>()

/** What whoever asks is part of. */
export function currentScope(): Scope | undefined {
  return scopes.getStore()
}

/** Does work as a part of something. */
export function inScope<T>(scope: Scope, work: () => T): T {
  return scopes.run(scope, work)
}

/** @returns What does work as a part of nothing, whoever asks for it. */
export function outsideScopes(): <T>(work: () => T) => T {
  const leave = AsyncLocalStorage.snapshot()
  return (work) => leave(work)
}

/** Does a piece of work in a span; it is part of what whoever asks is at. */
export async function inSpan<T>(
  tracer: Tracer,
  name: string,
  options: Omit<SpanOptions, 'parent'>,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const outer = currentScope()
  const span = tracer.start(name, { ...options, parent: outer?.span })
  try {
    return await inScope({ ...outer, span }, async () => await work(span))
  } catch (error) {
    span.fail(toErrorType(error))
    throw error
  } finally {
    span.end()
  }
}

/** The name of an error: its message may say more than is meant for others. */
export function toErrorType(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
