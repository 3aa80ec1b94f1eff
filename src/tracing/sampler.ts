import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'
import type { TraceSampler } from '../config/index.ts'

/** Decides which traces are kept. `parentbased_…`: of a trace that began elsewhere, who began it does. */
export function createSampler({ kind, ratio }: TraceSampler): Sampler {
  const root = createRootSampler(kind.replace('parentbased_', ''), ratio)
  return kind.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root
}

function createRootSampler(kind: string, ratio: number): Sampler {
  if (kind === 'always_off') return new AlwaysOffSampler()
  return kind === 'traceidratio' ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOnSampler()
}
