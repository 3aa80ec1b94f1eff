export { dropIdentity } from './drop-identity.ts'
export { type UntieDeps, untie } from './untie.ts'
