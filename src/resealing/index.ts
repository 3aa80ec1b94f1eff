export { handleReseal, startResealing } from './reseal-job.ts'
export { resealAll } from './resealing.ts'
export { SEALED_COLUMNS } from './sealed-columns.ts'
