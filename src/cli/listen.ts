import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { Server as NetServer } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { trackConnections } from './connections.ts'

/** Nobody can be served at that address. The message begins with the setting to change. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
  readonly code: string | undefined

  /** @param portSetting What sets the port, such as `PORT`. */
  constructor(portSetting: string, cause: NodeJS.ErrnoException) {
    const ofPort = PORT_FAILURES[cause.code ?? '']
    const ofHost = HOST_FAILURES[cause.code ?? ''] ?? `cannot be listened on (${cause.code})`
    super(ofPort === undefined ? `HOST: ${ofHost}` : `${portSetting}: ${ofPort}`, { cause })
    this.code = cause.code
  }
}

const PORT_FAILURES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is already in use',
  EACCES: 'may not be listened on by this user',
}

const HOST_FAILURES: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: 'is no address of this machine',
  ENOTFOUND: 'is no name of this machine: it has no address',
  EAI_AGAIN: 'cannot be looked up: the name server does not answer',
}

export interface ListenOptions {
  readonly host: string
  readonly port: number
  /** What to change where the port cannot be had, such as `PORT`; the host's is `HOST`. */
  readonly setting: string
  /** Default: for callers on the worst of networks. */
  readonly patience?: Patience
}

/** How long callers may take: whoever opens thousands of connections and is slow must not keep them. */
export interface Patience {
  /** From the connection, or the first byte of another request, to the end of the headers. */
  readonly headersMs: number
  /** To the end of the body. */
  readonly requestMs: number
  /** Between an answer and the next request. */
  readonly idleMs: number
  /** Without a byte in either direction, as when nobody reads the answer. */
  readonly silentMs: number
  /** How often to look for those who took longer. */
  readonly checkMs: number
}

/** Node's own view of a request, for adapters that need the socket. */
export interface NodeRequest {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}

export interface Listener {
  /**
   * Stops listening, closes idle connections, finishes what is in flight.
   *
   * @param deadlineMs When to cut off what is not finished; without one it waits for all of it.
   * @returns Whether all of it was finished.
   */
  close(deadlineMs?: number): Promise<boolean>
}

type Handler = (request: Request, node: NodeRequest) => Response | Promise<Response>

/** Cookies of ours take up to 8 KB; other software on the same host sets its own. */
const MOST_HEADER_BYTES = 32 * 1024
/** Idle connections outlive a proxy's, most often a minute: it would send a request into one just closed. */
const PATIENCE: Patience = {
  headersMs: 15_000,
  requestMs: 30_000,
  idleMs: 75_000,
  silentMs: 120_000,
  checkMs: 5000,
}
/** So many rounds it takes at most to accept a connection and to read the request from it. */
const TURNS = 3
/** The longest that a timer takes. */
const NEVER_MS = 2 ** 31 - 1

/**
 * Serves a Web-standard handler with Node.
 *
 * @throws {ListenError} The address is taken, or not ours.
 */
export async function listen(handle: Handler, options: ListenOptions): Promise<Listener> {
  const server = createPatientServer(
    options.patience ?? PATIENCE,
    getRequestListener((request, node) => handle(request, node as NodeRequest)),
  )
  const connections = trackConnections(server)
  await new Promise<void>((resolve, reject) => {
    server.on('error', (error) => reject(new ListenError(options.setting, error)))
    server.listen(options.port, options.host, resolve)
  })

  return {
    async close(deadlineMs = NEVER_MS) {
      connections.endWithAnswers()
      await readWhatHasArrived()
      const closed = stopListening(server)
      connections.endIdle()

      let isFinished = true
      const deadline = setTimeout(() => {
        isFinished = false
        connections.cutOff()
      }, deadlineMs)
      await closed
      clearTimeout(deadline)
      return isFinished
    },
  }
}

function createPatientServer(patience: Patience, answer: RequestListener): Server {
  const { headersMs, requestMs, idleMs, silentMs, checkMs } = patience
  const server = createServer(
    {
      maxHeaderSize: MOST_HEADER_BYTES,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: checkMs,
    },
    answer,
  )
  return server.setTimeout(silentMs)
}

/** A request on its way to us when we are told to stop is in flight too. */
async function readWhatHasArrived(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await nextTurn()
}

/** Settles with the end of the last connection. `Server.close` would end some in mid-answer. */
async function stopListening(server: Server): Promise<void> {
  await new Promise<unknown>((resolve) => {
    NetServer.prototype.close.call(server, resolve)
  })
}
