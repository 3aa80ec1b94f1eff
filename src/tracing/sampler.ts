import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'

export interface SamplerOptions {
  readonly kind:
    | 'parentbased_always_on'
    | 'parentbased_always_off'
    | 'parentbased_traceidratio'
    | 'always_on'
    | 'always_off'
    | 'traceidratio'
  /** Of the traces that begin here, for a ratio. */
  readonly ratio: number
}

/** Decides which traces are kept. `parentbased_…`: of a trace that began elsewhere, who began it does. */
export function createSampler({ kind, ratio }: SamplerOptions): Sampler {
  const root = createRootSampler(kind.replace('parentbased_', ''), ratio)
  return kind.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root
}

function createRootSampler(kind: string, ratio: number): Sampler {
  if (kind === 'always_off') return new AlwaysOffSampler()
  return kind === 'traceidratio' ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOnSampler()
}
