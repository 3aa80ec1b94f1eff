import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { login } from '../test/_support/login.ts'
import {
  createReceiver,
  type Letter,
  type TestReceiver,
  tellTo,
} from '../test/_support/receiver.ts'
import { createWorld, HANEUL, type World } from '../test/_support/world.ts'

const NEXT_SECRET = `whsec_${Buffer.alloc(64, 'next').toString('base64')}`

let receiver: TestReceiver
let world: World

beforeEach(() => {
  receiver = createReceiver()
})
afterEach(() => world.close())

/** The library holds the timestamp against the real time. */
const clock = { now: () => new Date(), advance() {} }

async function deliver(secrets = receiver.secret): Promise<Letter[]> {
  const { environment, elsewhere } = tellTo(receiver)
  world = await createWorld({
    clock,
    environment: { ...environment, WEBHOOK_SECRETS: secrets },
    elsewhere,
  })
  await login(world, world.browser(), HANEUL)
  await world.daemun.work()
  return receiver.letters
}

function verify({ text, headers }: Letter, secret: string): unknown {
  return new Webhook(secret).verify(text, Object.fromEntries(headers))
}

describe("the specification's own library", () => {
  test('knows our events by their signature', async () => {
    const letters = await deliver()

    expect(letters.map((letter) => verify(letter, receiver.secret))).toMatchObject([
      { type: 'user.created', data: { sequence: 1 } },
      { type: 'user.signed_in', data: { sequence: 2 } },
    ])
  })

  test('knows them by the old secret and by the new one while both are set', async () => {
    const letters = await deliver(`${receiver.secret} ${NEXT_SECRET}`)

    expect(letters).toHaveLength(2)
    for (const letter of letters) {
      expect(verify(letter, receiver.secret)).toEqual(verify(letter, NEXT_SECRET))
    }
  })

  test('refuses them under another secret, another id or another body', async () => {
    const [letter] = await deliver()
    if (letter === undefined) throw new Error('nothing arrived')
    const altered = [
      { ...letter, text: letter.text.replace('"sequence":1', '"sequence":2') },
      { ...letter, headers: new Headers([...letter.headers, ['webhook-id', 'evt_other']]) },
    ]

    expect(() => verify(letter, NEXT_SECRET)).toThrow(WebhookVerificationError)
    for (const one of altered) {
      expect(() => verify(one, receiver.secret)).toThrow(WebhookVerificationError)
    }
  })
})
