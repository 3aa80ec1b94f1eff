import { loadConfig } from '../config/index.ts'
import { createDaemun } from '../daemun.ts'
import { KakaoError } from '../kakao/index.ts'
import { createJsonLogger } from '../log.ts'
import { requireDatabase } from './require-database.ts'

/** `daemun reconcile`: compares all links with Kakao now, beside a running server. */
export async function runReconcile(): Promise<number> {
  const config = await loadConfig('.env', process.env)
  if (config.kakao.adminKeys.length === 0) {
    process.stderr.write('daemun reconcile: KAKAO_ADMIN_KEY is needed to ask Kakao\n')
    return 1
  }
  requireDatabase(config.store)
  // What it prints is for other programs to read.
  const log = createJsonLogger('silent')
  const daemun = await createDaemun({ config, log, isWorking: false })
  try {
    process.stdout.write(`${JSON.stringify(await daemun.reconcile())}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof KakaoError)) throw error
    process.stderr.write(`daemun reconcile: ${error.message}\n`)
    return 1
  } finally {
    await daemun.close()
  }
}
