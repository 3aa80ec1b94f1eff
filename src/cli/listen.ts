import type { IncomingMessage, ServerResponse } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'

/** Nobody can be served at that address. The message begins with the setting to change. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
  readonly code: string | undefined

  constructor(setting: string, { host, port }: Address, cause: NodeJS.ErrnoException) {
    const why = cause.code === 'EADDRINUSE' ? 'is already in use' : 'cannot be listened on'
    super(`${setting}: ${host}:${port} ${why}`, { cause })
    this.code = cause.code
  }
}

export interface Address {
  readonly host: string
  readonly port: number
}

export interface ListenOptions extends Address {
  /** What to change where the address cannot be had, such as `PORT`. */
  readonly setting: string
}

/** Node's own view of a request, for adapters that need the socket. */
export interface NodeRequest {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}

export interface Listener {
  /**
   * Stops listening, finishes what is in flight.
   *
   * @returns Whether all of it was finished before the deadline; the rest is cut off.
   */
  close(deadlineMs: number): Promise<boolean>
}

type Handler = (request: Request, node: NodeRequest) => Response | Promise<Response>

/**
 * Serves a Web-standard handler with Node.
 *
 * @throws {ListenError} The address is taken, or not ours.
 */
export async function listen(handle: Handler, options: ListenOptions): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: (request, node) => handle(request, node as NodeRequest),
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new ListenError(options.setting, options, error)))
    server.listen(options.port, options.host, resolve)
  })

  return {
    async close(deadlineMs) {
      let finished = true
      const deadline = setTimeout(() => {
        finished = false
        if ('closeAllConnections' in server) server.closeAllConnections()
      }, deadlineMs)
      // Closes idle connections too; the others close with their answer.
      await new Promise((resolve) => server.close(resolve))
      clearTimeout(deadline)
      return finished
    },
  }
}
