import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listen, type Patience } from '../../src/cli/listen.ts'
import { Browser } from '../_support/browser.ts'
import { findFreePort } from '../_support/free-port.ts'
import { login } from '../_support/login.ts'
import { APP, createWorld, HANEUL } from '../_support/world.ts'

type Handler = Parameters<typeof listen>[0]

async function serve(handle: Handler, patience?: Patience): Promise<number> {
  const port = await findFreePort()
  const address = { host: '127.0.0.1', port, setting: 'PORT' }
  const listener = await listen(handle, { ...address, ...(patience && { patience }) })
  onTestFinished(async () => {
    await listener.close(0)
  })
  return port
}

/** A connection over which this much is said, and then nothing. */
async function open(port: number, said: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.write(said)
  return socket
}

async function readAll(socket: Socket): Promise<string> {
  let text = ''
  for await (const chunk of socket) text += chunk
  return text
}

const POST = 'POST /oauth/token/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n'
const SLOW: [string, string][] = [
  ['say nothing', ''],
  ['stop in the midst of the headers', POST],
  ['stop in the midst of the body', `${POST}\r\ngrant_type=`],
]

test('a thousand slow connections keep nobody from logging in', { timeout: 60_000 }, async () => {
  const world = await createWorld()
  onTestFinished(() => world.close())
  const port = await serve(world.daemun.fetch)
  const sockets = await Promise.all(
    Array.from({ length: 1000 }, (_, at) => open(port, SLOW[at % SLOW.length]?.[1] ?? '')),
  )
  const askBySocket = async (request: Request) =>
    await fetch(request.url.replace(APP, `http://127.0.0.1:${port}`), {
      headers: request.headers,
      redirect: 'manual',
    })

  const answer = await login(world, new Browser(askBySocket, APP), HANEUL)

  expect(answer.status).toBe(200)
  expect(sockets.filter((socket) => socket.destroyed)).toEqual([])
})

test('hundreds of requests sent at once over one connection are answered each, in order', async () => {
  const port = await serve(async (request) => {
    // Those that come first take longest.
    const at = Number(new URL(request.url).searchParams.get('at'))
    for (let turn = 500; turn > at; turn -= 1) await null
    return new Response(`<${at}>`)
  })
  const ask = (at: number) => `GET /?at=${at} HTTP/1.1\r\nHost: localhost\r\n\r\n`
  const last = `GET /?at=500 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`
  const numbers = Array.from({ length: 500 }, (_, at) => at)
  const socket = await open(port, numbers.map(ask).join('') + last)

  const answers = [...(await readAll(socket)).matchAll(/<(\d+)>/g)].map(([, at]) => Number(at))
  expect(answers).toEqual([...numbers, 500])
})

describe('those are let go who', () => {
  const LONG_MS = 600_000
  const patient = {
    headersMs: LONG_MS,
    requestMs: LONG_MS,
    idleMs: LONG_MS,
    silentMs: LONG_MS,
    checkMs: 10,
  }

  test.each(SLOW)('%s, and told so', async (_who, said) => {
    const port = await serve(async (request) => new Response(await request.text()), {
      ...patient,
      headersMs: 100,
      requestMs: 100,
    })

    expect(await readAll(await open(port, said))).toMatch(/^HTTP\/1.1 408 /)
  })

  test('ask nothing more', async () => {
    const port = await serve(() => new Response('an answer'), { ...patient, idleMs: 1 })
    const socket = await open(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')

    expect(await readAll(socket)).toMatch(/an answer$/)
  })

  test.each(['DELETE', 'GET'])('never end a body that nobody reads, of a %s', async (method) => {
    const brisk = { ...patient, headersMs: 100, requestMs: 100 }
    const port = await serve(() => new Response('an answer'), brisk)
    const socket = await open(
      port,
      `${method} /me/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`,
    )
    const dripping = setInterval(() => socket.write('1\r\nx\r\n'), 5)
    onTestFinished(() => clearInterval(dripping))
    let answer = ''
    socket.on('data', (part) => {
      answer += part
    })

    // What they send into a connection just closed may come back as a reset.
    await new Promise((resolve) => socket.once('close', resolve))
    expect(answer).toMatch(/an answer/)
  })

  test('do not read their answer', async () => {
    const left = Promise.withResolvers<void>()
    const endless = () =>
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)),
        cancel: () => left.resolve(),
      })
    const port = await serve(() => new Response(endless()), { ...patient, silentMs: 100 })
    const socket = await open(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    socket.pause()

    await left.promise
  })
})
