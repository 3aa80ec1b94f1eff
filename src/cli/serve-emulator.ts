import { ConnectionDropped, createKakaoEmulator, type EmulatorSeed } from '../emulator/index.ts'
import { readFont } from '../pages/index.ts'
import { type Listener, listen } from './listen.ts'

export interface ServeEmulatorOptions {
  readonly host: string
  readonly port: number
  /** What to change where the port cannot be had. */
  readonly setting: string
  readonly auto: boolean
  readonly seed?: EmulatorSeed
}

/** Serves an emulator over HTTP. */
export async function serveEmulator(options: ServeEmulatorOptions): Promise<Listener> {
  const { host, port, setting, auto, seed } = options
  const emulator = createKakaoEmulator({ auto, fonts: readFont, ...(seed && { seed }) })

  return await listen(
    async (request, { incoming, outgoing }) => {
      try {
        const remoteAddress = incoming.socket.remoteAddress
        return await emulator.fetch(request, { ...(remoteAddress && { remoteAddress }) })
      } catch (error) {
        if (!(error instanceof ConnectionDropped)) throw error
        outgoing.destroy()
        return new Response(null)
      }
    },
    { host, port, setting },
  )
}
