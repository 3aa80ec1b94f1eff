/** A local Kakao to test Kakao Login against. */
export { ConnectionDropped } from './control/connection-dropped.ts'
export { createKakaoEmulator, type EmulatorOptions, type KakaoEmulator } from './emulator.ts'
export { LoginStoppedError, type PersonChoices } from './person-browser.ts'
export { DEMO_APP } from './seed/demo-seed.ts'
export { readSeed } from './seed/read-seed.ts'
export type { EmulatorSeed } from './seed/seed.ts'
export { SeedError } from './seed/seed-error.ts'
export type { Switches } from './switches.ts'
