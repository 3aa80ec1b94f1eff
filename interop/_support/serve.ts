import { createServer, type Server } from 'node:net'
import { listen } from '../../src/cli/listen.ts'

/** A server on a loopback socket. */
export interface Served {
  readonly origin: string
  close(): Promise<void>
}

const HOST = '127.0.0.1'
const CLOSE_WITHIN_MS = 1000

/** Finds an origin of this machine at which nothing listens. */
export async function findFreeOrigin(): Promise<string> {
  return await new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, HOST, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(`http://${HOST}:${port}`))
    })
  })
}

/** Serves a Web-standard handler as the `daemun` command does. */
export async function serve(
  origin: string,
  handle: (request: Request) => Response | Promise<Response>,
): Promise<Served> {
  const port = Number(new URL(origin).port)
  const listener = await listen((request) => handle(request), { host: HOST, port, setting: 'port' })
  return {
    origin,
    async close() {
      await listener.close(CLOSE_WITHIN_MS)
    },
  }
}

/** Has a server of somebody else's making listen. */
export async function listenAt(origin: string, server: Server): Promise<Served> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(Number(new URL(origin).port), HOST, resolve)
  })
  return {
    origin,
    async close() {
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
