import type { Config } from '../config/index.ts'

/** Says where to click. On stderr, since stdout carries the log. */
export function writeBanner(config: Config, stream: NodeJS.WritableStream): void {
  const { publicUrl, kakao } = config
  const source = kakao.startEmulator ? '   (emulator: no Kakao key is set)' : ''
  stream.write(`
  대문 Daemun

    Open   ${publicUrl}/   and press the yellow button.
    Kakao  ${kakao.kauthUrl}/${source}

`)
}
