import type fc from 'fast-check'
import type { KakaoEmulator } from '../../../src/emulator/index.ts'
import type { Model } from './kakao-model.ts'

type Run = (model: Model, kakao: KakaoEmulator) => Promise<void>

/** Something done to an emulator, which its model is told of. */
export type Command = fc.AsyncCommand<Model, KakaoEmulator>

export function command(
  name: string,
  run: Run,
  check: (model: Model) => boolean = () => true,
): Command {
  return { check, run, toString: () => name }
}
