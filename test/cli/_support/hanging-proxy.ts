import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands before a server and can fall silent, with every connection left open. */
export interface HangingProxy {
  readonly port: number
  /** @returns What settles once somebody asks in vain. */
  hang(): Promise<void>
  close(): void
}

export async function startProxy({ port, hostname }: URL): Promise<HangingProxy> {
  const sockets = new Set<Socket>()
  const askedInVain = Promise.withResolvers<void>()
  let isHanging = false

  const server = createServer((inner) => {
    const outer = connect(Number(port), hostname)
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => {
        if (isHanging) askedInVain.resolve()
        else to.write(chunk)
      })
      from.on('error', () => {})
      from.on('close', () => isHanging || to.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    hang() {
      isHanging = true
      return askedInVain.promise
    },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
