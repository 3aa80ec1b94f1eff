/**
 * Holds many connections open slowly: each sends its request's head byte by byte, for ever. Half of
 * them come from a second loopback address. Whom the server cuts off comes again.
 *
 * Each line on stdin is answered with how many are open, and how many the server has cut off so far.
 */
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const [, , port = '', count = ''] = process.argv
const ADDRESSES = ['127.0.0.1', '127.0.0.2'] as const
const HEAD = 'GET /session/ HTTP/1.1\r\nhost: localhost\r\nx-slow: '
const BYTE_EVERY_MS = 5_000
/** So many open at once: a server's queue of those it has not accepted yet is short. */
const AT_ONCE = 100

let open = 0
let cutOff = 0
for (let opened = 0; opened < Number(count); opened += AT_ONCE) {
  for (let one = 0; one < AT_ONCE; one += 1) hold(opened + one)
  await sleep(50)
}
while (open < Number(count)) await sleep(50)
process.stdout.write('holding\n')

for await (const _ of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify({ open, cutOff })}\n`)
}
process.exit()

function hold(number: number): void {
  const localAddress = ADDRESSES[number % 2] ?? ADDRESSES[0]
  const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress })
  socket.on('connect', () => {
    open += 1
    socket.write(HEAD)
  })
  const dribble = setInterval(() => socket.write('x'), BYTE_EVERY_MS)
  socket.resume()
  // The cause is told by the close that follows.
  socket.on('error', () => {})
  socket.on('close', () => {
    clearInterval(dribble)
    open -= 1
    cutOff += 1
    setTimeout(hold, 100, number)
  })
}
