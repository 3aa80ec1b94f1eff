import { type Config, ConfigError, EMULATOR_PORT } from '../config/index.ts'
import { DEMO_APP } from '../emulator/index.ts'
import { PATHS } from '../http/paths.ts'
import { ListenError, type Listener } from './listen.ts'
import { serveEmulator } from './serve-emulator.ts'

const LOOK_MS = 2000

/**
 * Starts the emulator that plays Kakao for a server without a key. Where one is running at that
 * port already, it is used as it is.
 *
 * @returns The emulator's listener, or `undefined` when somebody else's is used.
 * @throws {ConfigError} Something else holds the port.
 * @throws {ListenError} There is no such address.
 */
export async function startEmulatorBeside(
  { host, publicUrl, kakao }: Config,
  { auto }: { auto: boolean },
): Promise<Listener | undefined> {
  const seed = { apps: [{ ...DEMO_APP, webhooks: toWebhooks(publicUrl) }] }
  try {
    return await serveEmulator({ host, port: EMULATOR_PORT, setting: 'emulator', auto, seed })
  } catch (error) {
    const isTaken = error instanceof ListenError && error.code === 'EADDRINUSE'
    if (!isTaken) throw error
    if (await isEmulator(kakao.kauthUrl)) return undefined
    const problem = `is not set, and port ${EMULATOR_PORT}, where an emulator would stand in, is already in use`
    throw new ConfigError([{ variable: 'KAKAO_REST_API_KEY', problem }])
  }
}

/** As somebody registers them in Kakao's console. */
function toWebhooks(publicUrl: string) {
  return {
    unlink: { url: publicUrl + PATHS.unlinkWebhook },
    account_status: { url: publicUrl + PATHS.accountStatusWebhook },
  }
}

async function isEmulator(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/_emulator/`, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(LOOK_MS),
    })
    const answer = (await response.json()) as { emulator?: unknown } | null
    return answer?.emulator === 'kakao'
  } catch {
    return false
  }
}
