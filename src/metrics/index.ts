export { exposeMetrics } from './exposition.ts'
export { createMetrics, type Metrics } from './metrics.ts'
export { createQueueSampler, type QueueSampler } from './queue-sampler.ts'
