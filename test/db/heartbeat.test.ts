import { beforeEach, describe, expect, test } from 'vitest'
import { Heartbeat } from '../../src/db/postgres/heartbeat.ts'
import { type Clock, createClock } from '../_support/clock.ts'

describe('a heartbeat', () => {
  let clock: Clock
  let heartbeat: Heartbeat
  const now = () => clock.now().getTime()

  beforeEach(() => {
    clock = createClock()
    heartbeat = new Heartbeat(now)
  })

  /** Sends a beat, which is committed at once. */
  function send(): number {
    const sentAt = now()
    heartbeat.onSent(sentAt)
    return sentAt
  }

  test('is not heard at first', () => {
    expect(heartbeat.isHeard).toBe(false)
  })

  test('counts from when it was sent, however late it came', () => {
    const sentAt = send()
    clock.advance(1500)
    heartbeat.onHeard(sentAt)
    expect(heartbeat.isHeard).toBe(true)

    clock.advance(500)
    expect(heartbeat.isHeard).toBe(true)
    clock.advance(1)
    expect(heartbeat.isHeard).toBe(false)
  })

  test('that came too late is as good as none', () => {
    const sentAt = send()
    clock.advance(2001)
    heartbeat.onHeard(sentAt)

    expect(heartbeat.isHeard).toBe(false)
    expect(heartbeat.isMissed).toBe(false)
  })

  test('is missed from two seconds after its commit, and not where there was none', () => {
    clock.advance(10_000)
    expect(heartbeat.isMissed).toBe(false)
    send()
    clock.advance(2000)
    // Another one does not put it off.
    send()
    expect(heartbeat.isMissed).toBe(false)

    clock.advance(1)
    expect(heartbeat.isMissed).toBe(true)
  })

  test('is not missed where it was heard before its commit was answered', () => {
    const sentAt = now()
    heartbeat.onHeard(sentAt)
    heartbeat.onSent(sentAt)
    clock.advance(2001)

    expect(heartbeat.isMissed).toBe(false)
  })

  test('begins anew with another listener', () => {
    heartbeat.onHeard(send())
    clock.advance(1)
    send()
    heartbeat.restart()

    expect(heartbeat.isHeard).toBe(false)
    clock.advance(2001)
    expect(heartbeat.isMissed).toBe(false)
  })
})
