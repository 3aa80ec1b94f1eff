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
  readonly #options: EarOptions
  #isClosed = false

  constructor(options: EarOptions) {
    this.#options = options
  }

  /** @throws pg's own error, or Node's where the URL names a certificate that cannot be read. */
  async open(channel: string): Promise<void> {
    // A socket that was destroyed would connect all the same.
    if (this.#isClosed) throw new Error('it was closed before it was open')
    const client = this.#createClient()
    await client.connect()
    // It asks nothing more: where the server ends whoever is idle, it would be ended all the time.
    await client.query(`set idle_session_timeout = 0; listen ${pg.escapeIdentifier(channel)}`)
  }

  /** At once; nobody is told. */
  close(): void {
    this.#isClosed = true
    this.#socket.destroy()
  }

  #createClient(): pg.Client {
    const { url, timeoutMs, onMessage, onBroken } = this.#options
    const client = new pg.Client({
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
    client.on('notification', ({ payload = '' }) => onMessage(payload))
    client.on('error', onEnd)
    client.on('end', () => onEnd())
    return client
  }
}
