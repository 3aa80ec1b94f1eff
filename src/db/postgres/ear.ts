import { Socket } from 'node:net'
import pg from 'pg'

export interface EarOptions {
  /** Of a connection of its own: behind a pooler nobody could listen. */
  readonly url: string
  /** How long to wait for the connection, and for each answer. */
  readonly timeoutMs: number
  readonly onMessage: (text: string) => void
  /** Told that it broke, be it before it was open. */
  readonly onBroken: (error: unknown) => void
}

/** A connection that listens. */
export class Ear {
  /** Ours, so that it can be closed with nobody at the other end. */
  readonly #socket = new Socket()
  readonly #client: pg.Client
  #isClosed = false

  constructor({ url, timeoutMs, onMessage, onBroken }: EarOptions) {
    this.#client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
      keepAlive: true,
      application_name: 'daemun',
      stream: () => this.#socket,
    })
    const onEnd = (error: unknown = new Error('the server has ended the connection')) => {
      if (this.#isClosed) return
      this.close()
      onBroken(error)
    }
    this.#client.on('notification', ({ payload = '' }) => onMessage(payload))
    this.#client.on('error', onEnd)
    this.#client.on('end', () => onEnd())
  }

  /** @throws pg's own error. */
  async open(channel: string): Promise<void> {
    // A socket that was destroyed would connect all the same.
    if (this.#isClosed) throw new Error('it was closed before it was open')
    await this.#client.connect()
    await this.#client.query(`listen ${pg.escapeIdentifier(channel)}`)
  }

  /** At once; nobody is told. */
  close(): void {
    this.#isClosed = true
    this.#socket.destroy()
  }
}
