import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Connections that say little, and slowly. */
export interface SlowClients {
  /** How many are still open. */
  countOpen(): number
  /** Each that is in the midst of something says a little more. */
  drip(): void
  close(): void
}

interface Manner {
  readonly opening: string
  /** What is said now and then, for ever. */
  readonly drop: string
}

const HOST = 'Host: localhost\r\n'

/** A header without end, a body without end, and one request followed by nothing. */
const MANNERS: readonly Manner[] = [
  { opening: `GET /session/ HTTP/1.1\r\n${HOST}`, drop: 'x-slow: 1\r\n' },
  {
    opening: `POST /oauth/token/ HTTP/1.1\r\n${HOST}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\ngrant_type=`,
    drop: 'x',
  },
  { opening: `GET /healthz HTTP/1.1\r\n${HOST}Connection: keep-alive\r\n\r\n`, drop: '' },
]
/** So many at once: more would wait for each other in the server's backlog. */
const OPENED_AT_ONCE = 100

/** @param count How many, of each manner as many. */
export async function openSlowClients(port: number, count: number): Promise<SlowClients> {
  const clients: { socket: Socket; drop: string }[] = []
  for (let opened = 0; opened < count; opened += OPENED_AT_ONCE) {
    const more = Array.from({ length: Math.min(OPENED_AT_ONCE, count - opened) }, (_, index) =>
      open(port, MANNERS[(opened + index) % MANNERS.length] as Manner),
    )
    clients.push(...(await Promise.all(more)))
  }
  const listOpen = () => clients.filter(({ socket }) => socket.writable)

  return {
    countOpen: () => listOpen().length,
    drip() {
      for (const { socket, drop } of listOpen()) if (drop !== '') socket.write(drop)
    },
    close() {
      for (const { socket } of clients) socket.destroy()
    },
  }
}

async function open(port: number, { opening, drop }: Manner) {
  const socket = connect(port, '127.0.0.1')
  // The server may end it: that is its right.
  socket.on('error', () => {})
  socket.resume()
  await once(socket, 'connect')
  socket.write(opening)
  return { socket, drop }
}
