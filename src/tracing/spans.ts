import { currentScope } from './scope.ts'
import type { SpanOptions, Tracer } from './tracer.ts'

/** A piece of work that is over. */
export interface Past extends Pick<SpanOptions, 'attributes'> {
  readonly name: string
  /** By `performance.now`. */
  readonly startedAt: number
  /** What went wrong, from a closed set or the name of an error. */
  readonly failure?: string | undefined
}

/** Tells of something that was asked of others, as a part of what is going on; else of nothing. */
export function tellPast(tracer: Tracer, { name, failure, ...past }: Past): void {
  const scope = currentScope()
  if (scope === undefined || !tracer.isCollecting) return
  const span = tracer.start(name, { kind: 'client', parent: scope.span, ...past })
  if (failure !== undefined) span.fail(failure)
  span.end()
}
