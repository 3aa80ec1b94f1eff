import { loadConfig } from '../config/index.ts'
import { createDaemun } from '../daemun.ts'
import { createLogger } from '../log.ts'
import { writeBanner } from './banner.ts'
import { listen } from './listen.ts'
import type { CommandOptions } from './options.ts'
import { startEmulatorBeside } from './start-emulator.ts'
import { nextStopSignal, untilStopped } from './until-stopped.ts'

/**
 * `daemun serve`: the login server, and beside it the emulator where no key is set.
 *
 * @param options.graceMs How long requests in flight may take once it is told to stop.
 */
export async function serve(options: CommandOptions & { graceMs?: number }): Promise<never> {
  const config = await loadConfig('.env', process.env)
  const log = await createLogger(config.logLevel, { pretty: process.stdout.isTTY })
  const emulator = config.kakao.startEmulator
    ? await startEmulatorBeside(config, { auto: options.auto ?? false })
    : undefined
  const closeEmulator = async () => {
    await emulator?.close(0)
  }
  const daemun = await orClose(closeEmulator, () => createDaemun({ config, log }))
  const stopSignal = nextStopSignal()
  const server = await orClose(
    () => Promise.all([daemun.close(), closeEmulator()]),
    () => listen(daemun.fetch, { host: config.host, port: config.port, setting: 'PORT' }),
  )

  log.info({ url: config.publicUrl, kakao: config.kakao.kauthUrl }, 'listening')
  if (!config.production) writeBanner(config, process.stderr)

  // The emulator last: what is in flight may still be asking it.
  const parts = [server, daemun, ...(emulator ? [emulator] : [])]
  return await untilStopped(stopSignal, parts, { log, graceMs: options.graceMs })
}

/** Goes on; where that fails, closes what was opened before, so that the process can end. */
async function orClose<Result>(
  close: () => Promise<unknown>,
  goOn: () => Promise<Result>,
): Promise<Result> {
  try {
    return await goOn()
  } catch (error) {
    await close()
    throw error
  }
}
