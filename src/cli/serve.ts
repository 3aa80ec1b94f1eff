import { type Config, loadEnvironment, readConfig } from '../config/index.ts'
import { createDaemun } from '../daemun.ts'
import { createLogger, type Logger } from '../log.ts'
import { writeBanner } from './banner.ts'
import { type Listener, listen } from './listen.ts'
import type { CommandOptions } from './options.ts'
import { startEmulatorBeside } from './start-emulator.ts'
import { nextStopSignal, untilStopped } from './until-stopped.ts'

/**
 * `daemun serve`: the login server, and beside it the emulator where no key is set.
 *
 * @param options.graceMs How long requests in flight may take once it is told to stop.
 */
export async function serve(options: CommandOptions & { graceMs?: number }): Promise<never> {
  const config = readConfig(await loadEnvironment('.env', process.env))
  const log = await createLogger(config.logLevel, { pretty: process.stdout.isTTY })
  warnOfUnread(config, log)

  const emulator = config.kakao.startEmulator
    ? await startEmulatorBeside(config, { auto: options.auto ?? false })
    : undefined
  const daemun = await createDaemun({ config, log })
  const stopSignal = nextStopSignal()
  const server = await listenOrClose(config, daemun)

  log.info({ url: config.publicUrl, kakao: config.kakao.kauthUrl }, 'listening')
  if (!config.production) writeBanner(config, process.stderr)

  // The emulator last: what is in flight may still be asking it.
  const parts = [server, daemun, ...(emulator ? [emulator] : [])]
  return await untilStopped(stopSignal, parts, { log, graceMs: options.graceMs })
}

async function listenOrClose(
  { host, port }: Config,
  daemun: Awaited<ReturnType<typeof createDaemun>>,
): Promise<Listener> {
  try {
    return await listen(daemun.fetch, { host, port, setting: 'PORT' })
  } catch (error) {
    await daemun.close()
    throw error
  }
}

function warnOfUnread({ unread }: Config, log: Logger): void {
  if (unread.length > 0) log.warn({ variables: unread }, 'set, but not used by this version')
}
