export { type KeptToken, toKeptToken } from './kept-token.ts'
export { createKeptTokens, type KeptTokens } from './kept-tokens.ts'
