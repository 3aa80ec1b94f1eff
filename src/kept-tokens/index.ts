export type { KeptToken } from './kept-token.ts'
export { createKeptTokens, type KeptTokens } from './kept-tokens.ts'
