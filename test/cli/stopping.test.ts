import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Listener, listen } from '../../src/cli/listen.ts'
import { findFreePort } from '../_support/free-port.ts'

const ASK = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

let listener: Listener
let port: number
/** Requests that wait for their answer, by arrival. */
let waiting: ((answer: Response) => void)[]
let onArrival: () => void

beforeEach(async () => {
  waiting = []
  onArrival = () => {}
  port = await findFreePort()
  listener = await listen(
    () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        onArrival()
      }),
    { host: '127.0.0.1', port, setting: 'PORT' },
  )
})
afterEach(() => listener.close(0))

/** A connection that stays open, and what comes over it until its end. */
async function open(): Promise<{ socket: Socket; ended: Promise<string> }> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return { socket, ended: readAll(socket) }
}

async function readAll(socket: Socket): Promise<string> {
  let text = ''
  for await (const chunk of socket) text += chunk
  return text
}

async function arrivals(count: number): Promise<void> {
  while (waiting.length < count) {
    await new Promise<void>((resolve) => {
      onArrival = resolve
    })
  }
}

function answer(text: string): void {
  waiting.shift()?.(new Response(text))
}

test('connections that wait for nothing are closed', async () => {
  const idle = await open()
  idle.socket.write(ASK)
  await arrivals(1)
  answer('first')
  await once(idle.socket, 'readable')
  const silent = await open()
  const halfway = await open()
  halfway.socket.write('GET / HT')

  expect(await listener.close()).toBe(true)
  expect(await idle.ended).toContain('first')
  expect(await silent.ended).toBe('')
  expect(await halfway.ended).toBe('')
})

test('a busy connection gets its answer, is told that it was the last, and is closed', async () => {
  const busy = await open()
  busy.socket.write(ASK)
  await arrivals(1)

  const closed = listener.close()
  answer('in flight')

  expect(await busy.ended).toMatch(/connection: close\r\n[\s\S]*in flight$/i)
  expect(await closed).toBe(true)
})

test('a connection that goes on asking is not served any further', async () => {
  const busy = await open()
  busy.socket.write(ASK)
  await arrivals(1)

  const closed = listener.close()
  busy.socket.write(ASK)
  await arrivals(2)
  answer('first')
  answer('second')

  expect(await busy.ended).toMatch(/first$/)
  expect(await closed).toBe(true)
})

test('of several requests sent at once, each is answered', async () => {
  const busy = await open()
  busy.socket.write(ASK + ASK)
  await arrivals(2)

  const closed = listener.close()
  answer('first')
  answer('second')

  expect(await busy.ended).toMatch(/first[\s\S]*connection: close[\s\S]*second$/i)
  expect(await closed).toBe(true)
})

test('a request on its way when the server is told to stop is answered', async () => {
  const busy = await open()
  busy.socket.write(ASK)

  const closed = listener.close()
  await arrivals(1)
  answer('just in time')

  expect(await busy.ended).toContain('just in time')
  expect(await closed).toBe(true)
})

test('a connection that had only just come about may still ask', async () => {
  const before = await open()
  before.socket.write(ASK)
  await arrivals(1)
  const late = await open()

  const closed = listener.close()
  answer('first')
  await before.ended
  late.socket.write(ASK)
  await arrivals(1)
  answer('second')

  expect(await late.ended).toMatch(/connection: close\r\n[\s\S]*second$/i)
  expect(await closed).toBe(true)
})

test('a slow reader gets all of its answer', async () => {
  const slow = await open()
  slow.socket.pause()
  slow.socket.write(ASK)
  await arrivals(1)
  answer('x'.repeat(20_000_000))
  await once(slow.socket, 'readable')

  // Sooner than Node ends connections that are idle.
  const closed = listener.close(4000)
  slow.socket.resume()

  expect((await slow.ended).length).toBeGreaterThan(20_000_000)
  expect(await closed).toBe(true)
})

test('what is not finished by the deadline is cut off', async () => {
  const stuck = await open()
  stuck.socket.write(ASK)
  await arrivals(1)

  expect(await listener.close(1)).toBe(false)
  expect(await stuck.ended).toBe('')
})
