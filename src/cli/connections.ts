import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * The connections of a server, each with the answers that it waits for.
 *
 * Node's own `close` goes on serving connections that are busy, waits for those that have said
 * nothing yet, and cuts off answers that are still on their way to a slow reader.
 */
export interface Connections {
  /** From now on each connection ends with its last answer, which says so. */
  endWithAnswers(): void
  /** Ends those that wait for no answer; new ones only after a moment to ask in. */
  endIdle(): void
  cutOff(): void
}

/** A proxy's first request is on its way a moment after it has connected, and may not be sent twice. */
const FIRST_REQUEST_MS = 1000

export function trackConnections(server: Server): Connections {
  const open = new Map<Socket, Set<ServerResponse>>()
  const silent = new Set<Socket>()
  let isEnding = false

  server.on('connection', (socket) => {
    open.set(socket, new Set())
    silent.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      silent.delete(socket)
    })
  })
  server.prependListener('request', ({ socket }, answer) => {
    const answers = open.get(socket) ?? new Set()
    answers.add(answer)
    silent.delete(socket)
    if (isEnding) announceEnd(answers)
    answer.once('close', () => {
      answers.delete(answer)
      if (isEnding && answers.size === 0) socket.destroySoon()
    })
  })

  return {
    endWithAnswers() {
      isEnding = true
      for (const answers of open.values()) announceEnd(answers)
    },

    endIdle() {
      for (const [socket, answers] of open) {
        if (answers.size === 0 && !silent.has(socket)) socket.destroySoon()
      }
      const endSilent = () => {
        for (const socket of silent) socket.destroySoon()
      }
      setTimeout(endSilent, FIRST_REQUEST_MS).unref()
    },

    cutOff() {
      for (const socket of open.keys()) socket.destroy()
    },
  }
}

/** Only the last of several that were asked for at once: nothing may follow it (RFC 9112, 9.6). */
function announceEnd(answers: ReadonlySet<ServerResponse>): void {
  const last = [...answers].at(-1)
  if (last?.headersSent === false) last.setHeader('connection', 'close')
}
