import { join } from 'node:path'
import type { Cpus } from './cpus.ts'
import { type Started, startNode } from './processes.ts'

export interface KakaoStandIn {
  readonly url: string
  readonly pid: number
  /** Signs the ID tokens for codes ahead, so that the measured login does not wait for it. */
  sign(codes: readonly string[]): Promise<void>
  stop(): Promise<void>
}

const SCRIPT = join(import.meta.dirname, 'kakao-process.ts')

export async function startKakao(cpus: Cpus): Promise<KakaoStandIn> {
  const started: Started = await startNode([SCRIPT], { cpus, ready: 'kakao ' })
  return {
    url: `http://127.0.0.1:${started.readyLine.split(' ')[1]}`,
    pid: started.pid,
    stop: started.stop,
    async sign(codes) {
      started.tell(codes.join(' '))
      await started.hear()
    },
  }
}
