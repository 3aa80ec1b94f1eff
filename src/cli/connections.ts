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
  /** Ends those that wait for no answer. */
  endIdle(): void
  cutOff(): void
}

export function trackConnections(server: Server): Connections {
  const open = new Map<Socket, Set<ServerResponse>>()
  let isEnding = false

  server.on('connection', (socket) => {
    open.set(socket, new Set())
    socket.once('close', () => open.delete(socket))
  })
  server.prependListener('request', ({ socket }, answer) => {
    const answers = open.get(socket) ?? new Set()
    answers.add(answer)
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
      for (const [socket, answers] of open) if (answers.size === 0) socket.destroySoon()
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
