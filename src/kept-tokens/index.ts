export { handleRevokedCheck, requestRevokedCheck } from './check-job.ts'
export { type KeptToken, toKeptToken } from './kept-token.ts'
export { removeKeptTokens } from './kept-token-store.ts'
export { createKeptTokens, type KeptTokens } from './kept-tokens.ts'
