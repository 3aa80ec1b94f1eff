import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runDaemunIn } from '../_support/command.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-missing-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('where there is no database, none is made', () => {
  test.each([
    ['audit export'],
    ['webhooks dead'],
    ['webhooks resend --all'],
    ['webhooks resend evt_1'],
    ['keys reseal'],
    ['keys rotate'],
    ['reconcile'],
    ['backup copy.db'],
  ])('by daemun %s', async (command) => {
    const environment = { DATABASE_URL: 'sqlite:data/deamun.db', KAKAO_ADMIN_KEY: 'admin-key' }

    expect(await runDaemunIn({ folder, environment }, ...command.split(' '))).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'DATABASE_URL: there is no database there; daemun serve or daemun migrate makes one\n',
    })
    expect(await readdir(folder)).toEqual([])
  })
})
