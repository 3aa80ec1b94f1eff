import { expect } from 'vitest'
import { readJson } from '../../_support/login.ts'
import type { Write } from './writes.ts'

const PATIENT = { timeout: 30_000, interval: 50 }

/** The store is away: it says so, and when to come again. */
export async function expectRefused({ name, ask }: Write): Promise<void> {
  const answer = await ask()
  expect([name, answer.status]).toEqual([name, 503])
  expect(await readJson(answer), name).toMatchObject({ code: 'store_unavailable' })
  expect(answer.headers.get('retry-after'), name).toMatch(/^[1-9]/)
}

export async function expectNothingYet({ name, look, before }: Write): Promise<void> {
  expect([name, await look()]).toEqual([name, before])
}

/** Whatever was asked for before has used nothing up. */
export async function expectToHappen({ name, ask, look, after }: Write): Promise<void> {
  expect([200, 202, 204], name).toContain((await ask()).status)
  await expect.poll(look, { ...PATIENT, message: name }).toEqual(after)
}
