import { type Config, EMULATOR_PORT } from '../config/index.ts'
import { ListenError, type Listener } from './listen.ts'
import { serveEmulator } from './serve-emulator.ts'

const LOOK_MS = 2000

/**
 * Starts the emulator that plays Kakao for a server without a key. Where one is running at that
 * port already, it is used as it is.
 *
 * @returns The emulator's listener, or `undefined` when somebody else's is used.
 * @throws {ListenError} Something else holds the port.
 */
export async function startEmulatorBeside(
  { host, kakao }: Config,
  { auto }: { auto: boolean },
): Promise<Listener | undefined> {
  try {
    return await serveEmulator({ host, port: EMULATOR_PORT, setting: 'the emulator', auto })
  } catch (error) {
    const isTaken = error instanceof ListenError && error.code === 'EADDRINUSE'
    if (isTaken && (await isEmulator(kakao.kauthUrl))) return undefined
    throw error
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
