import { randomUUID } from 'node:crypto'
import type { Db } from '../schema.ts'
import type { StoreWatch, WatchOptions } from '../store-watch.ts'
import { Ear } from './ear.ts'
import { Heartbeat } from './heartbeat.ts'
import { parseMessage, readChannel, send } from './messages.ts'

export interface HearingOptions extends WatchOptions {
  readonly db: Db
  /** `DATABASE_LISTEN_URL` */
  readonly url: string
  readonly timeoutMs: number
}

const BEAT_EVERY_MS = 1000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5000

/**
 * Hears what other instances tell. What they told while it could not listen it never learns: so it
 * forgets all then. The beats go through the pool, as all that matters does: sent through the
 * listening connection they would also be heard behind a pooler, or on another server, where
 * nothing else is.
 */
export class Hearing implements StoreWatch {
  readonly #options: HearingOptions
  readonly #me = randomUUID()
  readonly #heartbeat: Heartbeat
  readonly #timer: NodeJS.Timeout
  #ear: Ear | undefined
  #isListening = false
  #retry: NodeJS.Timeout | undefined
  #pauseMs = FIRST_PAUSE_MS
  #connecting: Promise<void>
  #beating: Promise<void> | undefined
  #isBeatDue = false
  #failure: unknown
  #wasCurrent: boolean | undefined
  #isClosed = false

  constructor(options: HearingOptions) {
    this.#options = options
    this.#heartbeat = new Heartbeat(options.tick)
    this.#timer = setInterval(() => this.#onBeat(), BEAT_EVERY_MS)
    this.#timer.unref()
    this.#connecting = this.#connect()
  }

  isCurrent(): boolean {
    return this.#heartbeat.isHeard
  }

  async announce(db: Db, userIds: readonly string[]): Promise<void> {
    await send(
      db,
      userIds.map((id) => ({ about: 'user', id })),
    )
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    clearTimeout(this.#retry)
    this.#ear?.close()
    await Promise.all([this.#connecting, this.#beating])
  }

  async #connect(): Promise<void> {
    const { db, url, timeoutMs } = this.#options
    const ear = new Ear({
      url,
      timeoutMs,
      onMessage: (text) => this.#onMessage(text),
      onBroken: (error) => this.#onLost(error),
    })
    this.#ear = ear
    try {
      await ear.open(await readChannel(db))
      this.#isListening = true
      this.#beat()
    } catch (error) {
      ear.close()
      if (this.#ear === ear) this.#onLost(error)
    }
  }

  #onMessage(text: string): void {
    const { rememberer } = this.#options
    const message = parseMessage(text)
    if (message === undefined) rememberer.forgetAll()
    else if (message.about === 'user') rememberer.forget([message.id])
    else if (message.from === this.#me) this.#onHeard(message.sentAt)
  }

  #onHeard(sentAt: number): void {
    this.#heartbeat.onHeard(sentAt)
    // What is over explains no later silence.
    this.#failure = undefined
    this.#pauseMs = FIRST_PAUSE_MS
    this.#report()
  }

  #onLost(error: unknown): void {
    this.#ear = undefined
    this.#isListening = false
    this.#failure = error
    this.#heartbeat.restart()
    this.#options.rememberer.forgetAll()
    this.#report()
    if (this.#isClosed) return
    // A beat that was still on its way may be missed before it is tried again.
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => {
      this.#connecting = this.#connect()
    }, this.#pauseMs)
    this.#retry.unref()
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS)
  }

  #onBeat(): void {
    if (this.#heartbeat.isMissed) {
      this.#ear?.close()
      this.#onLost(new Error('what was told to all who listen did not arrive'))
      return
    }
    this.#report()
    this.#beat()
  }

  /** One at a time: with the store away they would pile up. */
  #beat(): void {
    this.#isBeatDue = this.#beating !== undefined
    if (this.#isBeatDue || !this.#isListening || this.#isClosed) return
    this.#beating = this.#sendBeat().finally(() => {
      this.#beating = undefined
      if (this.#isBeatDue) this.#beat()
    })
  }

  async #sendBeat(): Promise<void> {
    const { db, tick } = this.#options
    try {
      await db.connection().execute(async (connection) => {
        // Only now: a wait for the connection says nothing about the hearing.
        const sentAt = tick()
        await send(connection, [{ about: 'beat', from: this.#me, sentAt }])
        this.#heartbeat.onSent(sentAt)
      })
    } catch (error) {
      // Then it is not heard either, and that is told.
      this.#failure = error
    }
  }

  #report(): void {
    const isCurrent = this.isCurrent()
    if (this.#isClosed || isCurrent === this.#wasCurrent) return
    this.#wasCurrent = isCurrent
    if (isCurrent) this.#options.onHearing()
    else this.#options.onDeaf(this.#failure ?? new Error('nothing was heard of what all are told'))
  }
}
