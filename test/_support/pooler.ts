import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { findFreePort } from './free-port.ts'

/** A pooler in transaction mode. */
export interface Pooler {
  /** PostgreSQL's URL by way of it. */
  readonly url: string
  close(): Promise<void>
}

/** Who has the connection, and who waits for it. */
interface Caller {
  readonly socket: Socket
  waiting: Buffer[]
}

const IDLE = 'I'.charCodeAt(0)

/**
 * Has one connection to PostgreSQL, and lends it to one caller after the other, each for a
 * transaction. Whoever calls first signs in for all.
 *
 * @param options.refuses A setting that nobody may bring along with a connection.
 * @see [PostgreSQL: message formats](https://www.postgresql.org/docs/current/protocol-message-formats.html)
 */
export async function startPooler(
  serverUrl: string,
  { refuses }: { refuses?: string } = {},
): Promise<Pooler> {
  const { hostname, port } = new URL(serverUrl)
  const server = connect(Number(port), hostname)
  await once(server, 'connect')
  const callers = new Set<Caller>()
  /** What each is greeted with, once the first is signed in. */
  const greeting: Buffer[] = []
  const signedIn = Promise.withResolvers<void>()
  let isSignedIn = false
  let owner: Caller | undefined

  function lend(): void {
    owner ??= [...callers].find(({ waiting }) => waiting.length > 0)
    for (const chunk of owner?.waiting.splice(0) ?? []) server.write(chunk)
  }

  function onMessage(message: Buffer): void {
    const type = String.fromCharCode(message[0] ?? 0)
    const told = type === 'K' ? ofNoProcess(message) : message
    // AuthenticationOk, what the server is like, and the end of the beginning.
    if (!isSignedIn && (isOk(message) || 'SKZ'.includes(type))) greeting.push(told)
    owner?.socket.write(told)
    if (type !== 'Z') return
    isSignedIn = true
    signedIn.resolve()
    if (message[5] !== IDLE) return
    owner = undefined
    lend()
  }

  async function greet({ socket }: Caller): Promise<void> {
    await signedIn.promise
    for (const message of greeting) socket.write(message)
  }

  const pooler = createServer((socket) => {
    const caller: Caller = { socket, waiting: [] }
    const isFirst = callers.size === 0 && !isSignedIn
    callers.add(caller)
    let isGreeted = false
    const read = splitMessages((message) => {
      if (message[0] === 'X'.charCodeAt(0)) return void socket.end()
      caller.waiting.push(message)
      lend()
    })
    socket.on('data', (chunk: Buffer) => {
      if (isGreeted) return read(chunk)
      isGreeted = true
      if (refuses !== undefined && chunk.includes(refuses))
        return void socket.end(toRefusal(refuses))
      if (!isFirst) return void greet(caller)
      caller.waiting.push(chunk)
      lend()
    })
    socket.on('error', () => {})
    socket.on('close', () => callers.delete(caller))
  })
  server.on('data', splitMessages(onMessage))
  server.on('error', () => {})

  const url = new URL(serverUrl)
  url.port = String(await findFreePort())
  await new Promise<void>((resolve) => pooler.listen(Number(url.port), '127.0.0.1', resolve))
  return {
    url: url.href,
    async close() {
      for (const { socket } of callers) socket.destroy()
      server.destroy()
      await new Promise((resolve) => pooler.close(resolve))
    },
  }
}

function isOk(message: Buffer): boolean {
  return message[0] === 'R'.charCodeAt(0) && message.readInt32BE(5) === 0
}

/** A pooler makes up what a caller would cancel by. */
function ofNoProcess(message: Buffer): Buffer {
  const told = Buffer.from(message)
  told.writeInt32BE(1, 5)
  return told
}

function toRefusal(setting: string): Buffer {
  const fields = `SFATAL\0C08P01\0Munsupported startup parameter: ${setting}\0\0`
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(4 + fields.length, 1)
  return Buffer.concat([head, Buffer.from(fields)])
}

/** Cuts a stream of messages, each a letter and a length, into its messages. */
function splitMessages(onMessage: (message: Buffer) => void): (chunk: Buffer) => void {
  let left = Buffer.alloc(0)
  return (chunk) => {
    left = Buffer.concat([left, chunk])
    while (left.length >= 5 && left.length > left.readInt32BE(1)) {
      const end = 1 + left.readInt32BE(1)
      const message = left.subarray(0, end)
      left = left.subarray(end)
      onMessage(message)
    }
  }
}
