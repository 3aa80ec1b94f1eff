import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Answer {
  readonly status: number
  /** Status line and headers, as they came. */
  readonly head: string
  /** As it came: chunked where the head says so. */
  readonly body: string
}

export interface Address {
  readonly port: number
  /** Which of our addresses to call from. */
  readonly from?: string
}

const HEAD_END = '\r\n\r\n'
const LAST_CHUNK = '0\r\n\r\n'

/**
 * A kept-alive HTTP/1.1 connection that asks one thing at a time. It does next to nothing, since a
 * generator of load must cost less than what it measures: Node's own client costs more than a check.
 */
export class HttpConnection {
  readonly #socket: Socket
  #received = ''
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true).setEncoding('latin1')
    socket.on('data', (text) => this.#receive(String(text)))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('the connection was closed')))
  }

  static async open({ port, from }: Address): Promise<HttpConnection> {
    const socket = connect({ port, host: '127.0.0.1', ...(from && { localAddress: from }) })
    await once(socket, 'connect')
    return new HttpConnection(socket)
  }

  /** @param request The whole request, as it goes over the wire. */
  ask(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error('the connection is closed'))
      this.#waiting = { resolve, reject }
      this.#socket.write(request, 'latin1')
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #receive(text: string): void {
    this.#received += text
    const answer = readAnswer(this.#received)
    if (answer === undefined) return
    this.#received = ''
    this.#waiting?.resolve(answer)
    this.#waiting = undefined
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error)
    this.#waiting = undefined
  }
}

/** The text of a GET request. */
export function toGet(path: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${lines.join('')}\r\n`
}

/** The text of a POST request with a body of JSON. */
export function toPost(
  path: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): string {
  const length = String(Buffer.byteLength(body))
  const all = { ...headers, 'content-type': 'application/json', 'content-length': length }
  return toGet(path, all).replace('GET', 'POST') + body
}

/** @returns `undefined`: not all of it is there yet. */
function readAnswer(received: string): Answer | undefined {
  const headEnd = received.indexOf(HEAD_END)
  if (headEnd < 0) return undefined
  const head = received.slice(0, headEnd)
  const body = received.slice(headEnd + HEAD_END.length)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  const isWhole =
    length === undefined
      ? !/\r\ntransfer-encoding: chunked/i.test(head) || body.endsWith(LAST_CHUNK)
      : body.length >= Number(length)
  return isWhole ? { status: Number(head.slice(9, 12)), head, body } : undefined
}
