import { type Config, loadConfig } from '../config/index.ts'
import { createDaemun } from '../daemun.ts'
import { createLogger, type Logger } from '../log.ts'
import { writeBanner } from './banner.ts'
import { type Listener, listen } from './listen.ts'
import type { CommandOptions } from './options.ts'
import { type Closable, nextStopSignal, untilStopped } from './until-stopped.ts'

/**
 * `daemun serve`: the login server, and beside it the emulator where no key is set.
 *
 * @param options.graceMs How long requests in flight may take once it is told to stop.
 */
export async function serve(options: CommandOptions & { graceMs?: number }): Promise<never> {
  const stopSignal = nextStopSignal()
  const config = await loadConfig('.env', process.env)
  const log = await createLogger(config.logLevel, { pretty: process.stdout.isTTY })
  // Told to stop before it is ready, as while another instance migrates, it has nothing to finish:
  // what it has begun in the store is rolled back.
  const parts = await Promise.race([start(config, log, options), stopSignal.then(() => [])])
  return await untilStopped(stopSignal, parts, { log, graceMs: options.graceMs })
}

/** @returns What runs, in the order in which it is to be closed. */
async function start(
  config: Config,
  log: Logger,
  options: CommandOptions,
): Promise<readonly Closable[]> {
  const emulator = config.kakao.startEmulator ? await startEmulator(config, options) : undefined
  const closeEmulator = async () => {
    await emulator?.close(0)
  }
  const daemun = await orClose(closeEmulator, () => createDaemun({ config, log }))
  const server = await orClose(
    () => Promise.all([daemun.close(), closeEmulator()]),
    () => listen(daemun.fetch, { host: config.host, port: config.port, setting: 'PORT' }),
  )

  log.info({ url: config.publicUrl, kakao: config.kakao.kauthUrl }, 'listening')
  if (!config.production) writeBanner(config, process.stderr)

  // The emulator last: what is in flight may still be asking it.
  return [server, daemun, ...(emulator ? [emulator] : [])]
}

/** Loaded only where no key is set: in production nobody needs it. */
async function startEmulator(
  config: Config,
  { auto = false }: CommandOptions,
): Promise<Listener | undefined> {
  const { startEmulatorBeside } = await import('./start-emulator.ts')
  return await startEmulatorBeside(config, { auto })
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
