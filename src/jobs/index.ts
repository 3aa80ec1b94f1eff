export { readBacklog } from './backlog.ts'
export { createJobQueue, type JobQueue } from './job-queue.ts'
export {
  type Attempt,
  handleJob,
  type JobHandler,
  type JobType,
  type RetryRule,
} from './job-type.ts'
export { createWorker, type Worker } from './worker.ts'
