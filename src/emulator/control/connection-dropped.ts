/**
 * The connection is to end without an answer. In the process it reaches the caller of `fetch`, whose
 * own `fetch` would reject with a `TypeError` too; a server that carries the emulator catches it and
 * destroys the socket.
 */
export class ConnectionDropped extends TypeError {
  override readonly name = 'ConnectionDropped'

  constructor() {
    super('fetch failed: the emulator dropped the connection')
  }
}
