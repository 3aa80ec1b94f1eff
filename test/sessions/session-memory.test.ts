import { describe, expect, test } from 'vitest'
import { createSessionMemory, type SessionMemory, type SignedIn } from '../../src/sessions/index.ts'
import { createClock, NOON } from '../_support/clock.ts'

function signedIn(userId: string, id = `ses of ${userId}`): SignedIn {
  return {
    session: {
      id,
      userId,
      kakaoId: '1',
      kind: 'cookie',
      device: 'unknown',
      createdAt: NOON,
      isNoLongerRecent: false,
      lastSeenAt: NOON,
      expiresAt: NOON,
    },
    user: {
      id: userId,
      createdAt: NOON,
      nickname: null,
      picture: null,
      email: null,
      emailVerified: false,
      phoneNumber: null,
    },
  }
}

const ANA = signedIn('ana')
const BEN = signedIn('ben')

async function remember(memory: SessionMemory, key: string, found: SignedIn): Promise<void> {
  await memory.read(key, async () => found)
}

describe('what is being read', () => {
  const forgettings: readonly (readonly [string, (memory: SessionMemory) => void])[] = [
    ['its user', (memory) => memory.forget(['ana'])],
    ['all', (memory) => memory.forgetAll()],
  ]

  test.for(forgettings)(
    'while %s is forgotten is answered, and not remembered',
    async ([, forget]) => {
      const memory = createSessionMemory(() => 0)
      const looking = Promise.withResolvers<SignedIn>()
      const reading = memory.read('a', () => looking.promise)
      forget(memory)
      looking.resolve(ANA)

      expect(await reading).toBe(ANA)
      expect(memory.find('a')).toBe(undefined)
      await remember(memory, 'a', ANA)
      expect(memory.find('a')).toBe(ANA)
    },
  )

  test('while others are forgotten is remembered', async () => {
    const memory = createSessionMemory(() => 0)
    const looking = Promise.withResolvers<SignedIn>()
    const reading = memory.read('a', () => looking.promise)
    memory.forget(['ben'])
    looking.resolve(ANA)

    await reading
    expect(memory.find('a')).toBe(ANA)
  })

  test('and is not there, or cannot be read, is not remembered', async () => {
    const memory = createSessionMemory(() => 0)
    await memory.read('a', async () => undefined)
    const failing = memory.read('a', async () => {
      throw new Error('away')
    })

    await expect(failing).rejects.toThrow('away')
    expect(memory.find('a')).toBe(undefined)
  })
})

describe('what is remembered', () => {
  test('goes with its user, all sessions of theirs, and nobody else', async () => {
    const memory = createSessionMemory(() => 0)
    await remember(memory, 'a', ANA)
    await remember(memory, 'another', signedIn('ana', 'another'))
    await remember(memory, 'b', BEN)

    memory.forget(['ana'])

    expect(['a', 'another', 'b'].map((key) => memory.find(key))).toEqual([
      undefined,
      undefined,
      BEN,
    ])
  })

  test('is believed for five seconds from where the look began', async () => {
    const clock = createClock()
    const memory = createSessionMemory(() => clock.now().getTime())
    const reading = memory.read('a', async () => {
      clock.advance(2000)
      return ANA
    })
    await reading
    clock.advance(3000)
    expect(memory.find('a')).toBe(ANA)

    clock.advance(1)
    expect(memory.find('a')).toBe(undefined)
  })

  test('is let go of once it is too old, when another comes', async () => {
    let now = 0
    const memory = createSessionMemory(() => now)
    await remember(memory, 'a', ANA)
    await remember(memory, 'another', signedIn('ana', 'another'))
    now = 4000
    await remember(memory, 'b', BEN)
    now = 5001
    await remember(memory, 'c', signedIn('cho'))

    // Of what is still there, an earlier clock would find it.
    now = 4000
    expect(['a', 'another', 'b'].map((key) => memory.find(key))).toEqual([
      undefined,
      undefined,
      BEN,
    ])
  })

  test('is bounded: of many, those asked for least lately go, and can still be forgotten', async () => {
    const memory = createSessionMemory(() => 0)
    const userIds = Array.from({ length: 10_001 }, (_, number) => `user ${number}`)
    await remember(memory, 'user 0', signedIn('user 0'))
    for (const userId of userIds.slice(1)) {
      memory.find('user 0')
      await remember(memory, userId, signedIn(userId))
    }

    const known = userIds.filter((userId) => memory.find(userId) !== undefined)
    expect(known).toHaveLength(10_000)
    expect(known).not.toContain('user 1')

    memory.forget(userIds)
    expect(userIds.filter((userId) => memory.find(userId) !== undefined)).toEqual([])
  })
})
