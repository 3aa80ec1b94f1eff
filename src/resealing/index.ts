export { handleReseal, startResealing } from './reseal-job.ts'
export { type ResealingDeps, type ResealProgress, resealAll } from './resealing.ts'
export { SEALED_COLUMNS } from './sealed-columns.ts'
