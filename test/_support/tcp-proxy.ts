import { connect, createServer, type Socket } from 'node:net'
import { findFreePort } from './free-port.ts'

/** A wire to a server that a test can hold up, or cut. */
export interface TcpProxy {
  /** The server's URL by way of the proxy. */
  readonly url: string
  /** What is sent arrives only after {@link TcpProxy.resume}; answers go on. */
  pause(): void
  resume(): void
  /** What the server says from now on is lost, on the connections that there are. */
  deafen(): void
  /** Settles once something is held up. */
  readonly heldUp: Promise<void>
  /**
   * Passes on what holds this text, once, and cuts the wire rather than bring the answer.
   *
   * @returns Settles once the other side has answered.
   */
  cutAfter(text: string): Promise<void>
  /** The same, but the wire stays, and brings nothing more. */
  fallSilentAfter(text: string): Promise<void>
  /** Ends all connections as a crash would. */
  cut(): void
  close(): Promise<void>
}

/** What ends a transaction, as against `begin isolation level read committed`. */
export const COMMIT = 'commit\0'

export async function startTcpProxy(serverUrl: string): Promise<TcpProxy> {
  const { hostname, port: serverPort } = new URL(serverUrl)
  const url = new URL(serverUrl)
  const wires = new Set<Wire>()
  const heldUp = Promise.withResolvers<void>()
  let isPaused = false
  let lastWords: { text: string; onAnswer: (wire: Wire) => void } | undefined

  const proxy = createServer((client) => {
    const wire: Wire = { client, server: connect(Number(serverPort), hostname), held: [] }
    wires.add(wire)
    wire.client.on('close', () => {
      wires.delete(wire)
      wire.server.end()
    })
    wire.client.on('error', () => wire.server.destroy())
    wire.server.on('error', () => wire.client.resetAndDestroy())
    wire.server.pipe(wire.client)
    wire.client.on('data', (chunk: Buffer) => {
      if (!isPaused) return passOn(wire, chunk)
      wire.held.push(chunk)
      heldUp.resolve()
    })
  })

  function passOn(wire: Wire, chunk: Buffer): void {
    wire.server.write(chunk)
    if (lastWords === undefined || !chunk.includes(lastWords.text)) return
    const { onAnswer } = lastWords
    lastWords = undefined
    wire.server.unpipe()
    wire.server.once('data', () => onAnswer(wire)).resume()
  }

  async function loseAnswerTo(text: string, onLost: (wire: Wire) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      const onAnswer = (wire: Wire) => {
        onLost(wire)
        resolve()
      }
      lastWords = { text, onAnswer }
    })
  }

  url.port = String(await findFreePort())
  await new Promise<void>((resolve) => proxy.listen(Number(url.port), '127.0.0.1', resolve))

  return {
    url: url.href,
    pause() {
      isPaused = true
    },
    resume() {
      isPaused = false
      for (const wire of wires) {
        for (const chunk of wire.held.splice(0)) passOn(wire, chunk)
      }
    },
    deafen() {
      for (const { server } of wires) server.unpipe().resume()
    },
    heldUp: heldUp.promise,
    cutAfter: async (text) => await loseAnswerTo(text, ({ client }) => client.resetAndDestroy()),
    fallSilentAfter: async (text) => await loseAnswerTo(text, () => {}),
    cut() {
      for (const { client } of wires) client.resetAndDestroy()
    },
    async close() {
      for (const { client } of wires) client.destroy()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

interface Wire {
  readonly client: Socket
  readonly server: Socket
  /** What the client has sent and the server does not have yet. */
  readonly held: Buffer[]
}
