import { spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { login } from '../_support/login.ts'
import { createReceiver, type Letter, tellTo } from '../_support/receiver.ts'
import { createWorld, HANEUL } from '../_support/world.ts'
import { EVENTS, findAll, readDocument } from './_support/documents.ts'

const PYTHON = ['/usr/bin/python3', 'python3'].find(
  (path) => spawnSync(path, ['--version']).status === 0,
)
if (PYTHON === undefined) {
  process.stderr.write('\nSKIPPED: the Python of docs/events.md did not run: it is not here\n\n')
}

const receiver = createReceiver()
/** The snippets hold the timestamp against the real time. */
const clock = { now: () => new Date(), advance() {} }
let letter: Letter
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-docs-'))
  const world = await createWorld({ clock, ...tellTo(receiver) })
  await login(world, world.browser(), HANEUL)
  await world.daemun.work()
  await world.close()
  const [first] = receiver.letters
  if (first === undefined) throw new Error('nothing arrived')
  letter = first
})
afterAll(() => rm(folder, { recursive: true }))

function readSnippet(document: string, language: string): string {
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(document)?.[1] ?? ''
}

/** A letter as it came, and ones that nobody should take for ours. */
function toCases(): [headers: Record<string, string>, body: string, isOurs: boolean][] {
  const headers = Object.fromEntries(letter.headers)
  const sentAt = Math.floor(letter.sentAt.getTime() / 1000)
  return [
    [headers, letter.text, true],
    [
      { ...headers, 'webhook-signature': `v1,AAAA ${headers['webhook-signature']}` },
      letter.text,
      true,
    ],
    [headers, letter.text.replace('"sequence":1', '"sequence":2'), false],
    [{ ...headers, 'webhook-id': 'evt_other' }, letter.text, false],
    [{ ...headers, 'webhook-timestamp': String(sentAt - 3600) }, letter.text, false],
    [{ ...headers, 'webhook-signature': 'v1,AAAA v2,' }, letter.text, false],
  ]
}

describe.each(EVENTS)('%s', (name) => {
  const document = readDocument(name)

  test('names every event, every reason and every path that there is', () => {
    const words = findAll(readDocument('src/events/user-event.ts'), /'([a-z_.]+)'/g)
    const named = findAll(document, /`([a-z_.]+)`/g)
    expect(words.length).toBeGreaterThan(20)
    expect(named).toEqual(expect.arrayContaining(words))
  })

  test('has JavaScript that knows our events from others', async () => {
    const path = join(folder, `${name.replace('/', '-')}.mjs`)
    await writeFile(path, readSnippet(document, 'js'))
    const { isFromDaemun } = (await import(path)) as {
      isFromDaemun: (headers: object, body: string, secret: string) => boolean
    }

    for (const [headers, body, isOurs] of toCases()) {
      expect(isFromDaemun(headers, body, receiver.secret)).toBe(isOurs)
    }
  })

  test.skipIf(PYTHON === undefined)('has Python that knows our events from others', () => {
    const script = `${readSnippet(document, 'python')}
import json, sys
for headers, body, secret in json.load(sys.stdin):
    print(is_from_daemun(headers, body.encode(), secret))
`
    const input = JSON.stringify(
      toCases().map(([headers, body]) => [headers, body, receiver.secret]),
    )
    const { stdout } = spawnSync(PYTHON ?? '', ['-c', script], { input, encoding: 'utf8' })

    const expected = toCases().map(([, , isOurs]) => (isOurs ? 'True' : 'False'))
    expect(stdout.trim().split('\n')).toEqual(expected)
  })
})

test('both documents have the same code and the same lines of output', () => {
  const [korean, english] = EVENTS.map((name) => readBlocks(readDocument(name)))
  expect(korean).toHaveLength(6)
  expect(english).toEqual(korean)
})

/** What stands in fences. In `ts` there are comments, which are in the language of the page. */
function readBlocks(document: string): string[] {
  const blocks = [...document.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
  return blocks.filter(([, language]) => language !== 'ts').map(([, , text = '']) => text)
}

test('the request that they show is signed with the secret that they show', () => {
  const [settings = '', request = ''] = readBlocks(readDocument(EVENTS[0]))
  const [, secret = ''] = /whsec_(.+)/.exec(settings) ?? []
  const [head = '', body = ''] = request.split('\n\n')
  const headers = new Headers(
    head
      .split('\n')
      .slice(1)
      .map((line) => line.split(': ') as [string, string]),
  )
  const signed = `${headers.get('webhook-id')}.${headers.get('webhook-timestamp')}.${body.trim()}`

  const mac = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed)
  expect(headers.get('webhook-signature')).toBe(`v1,${mac.digest('base64')}`)
})
