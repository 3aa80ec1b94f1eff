import { inject } from 'vitest'

/**
 * What every process of ours is told, whatever else it is: where commands are, and where Node finds
 * what it has compiled before.
 */
export const NEEDED_ENVIRONMENT = {
  PATH: process.env.PATH,
  NODE_COMPILE_CACHE: inject('compileCache'),
}
