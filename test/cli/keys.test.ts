import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSealedUserKeys } from '../../src/services.ts'
import { NOON } from '../_support/clock.ts'
import { runDaemunIn } from '../_support/command.ts'
import { createDurableUrl, ENGINES, openStoreAt } from '../_support/engines.ts'

describe('daemun keys rotate', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daemun-keys-'))
    await runDaemunIn({ folder, environment: {} }, 'migrate')
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  test.each([[[]], [['--now']]])('%j prints the name of the next key', async (options) => {
    const [one, other] = [
      await runDaemunIn({ folder, environment: {} }, 'keys', 'rotate', ...options),
      await runDaemunIn({ folder, environment: {} }, 'keys', 'rotate', ...options),
    ]
    expect(one).toEqual({ code: 0, stdout: expect.stringMatching(/^[\w-]{12}\n$/), stderr: '' })
    expect(other).toMatchObject({ code: 0 })
    expect(other.stdout).not.toBe(one.stdout)
  })
})

/** More than are read at once. */
const MANY = 501

describe.each(ENGINES)('daemun keys reseal on $name', (engine) => {
  let url: string

  beforeEach(async () => {
    url = await createDurableUrl(engine)
  })

  /** Users whose keys are sealed under a secret. */
  async function addUsers(secret: string, count: number): Promise<void> {
    const keys = createSealedUserKeys({ secrets: [secret], randomBytes })
    const { db } = await openStoreAt(url)
    const users = Array.from({ length: count }, (_, index) => ({
      id: `usr_${secret}_${index}`,
      created_at: NOON.getTime(),
      email_verified: 0,
      sealed_key: keys.create(),
    }))
    await db.insertInto('users').values(users).execute()
    await db.destroy()
  }

  async function reseal() {
    const environment = { DATABASE_URL: url, SECRET_KEY: 'the new secret,the old secret' }
    const { code, stdout } = await runDaemunIn({ environment }, 'keys', 'reseal')
    return { code, ...(JSON.parse(stdout) as { resealed: number; remaining: number }) }
  }

  test('puts all there is under the first secret, and then has nothing to do', async () => {
    await addUsers('the old secret', MANY)

    expect(await reseal()).toEqual({ code: 0, resealed: MANY, remaining: 0 })
    expect(await reseal()).toEqual({ code: 0, resealed: 0, remaining: 0 })

    const { db } = await openStoreAt(url)
    const users = await db.selectFrom('users').select('sealed_key').execute()
    await db.destroy()
    const keys = createSealedUserKeys({ secrets: ['the new secret'], randomBytes })
    const opened = users.filter(({ sealed_key }) => keys.open(sealed_key ?? '') !== undefined)
    expect(opened).toHaveLength(MANY)
  })

  test('says how many remain that no secret opens, and fails', async () => {
    await addUsers('the old secret', 1)
    await addUsers('a secret of long ago', 2)

    expect(await reseal()).toEqual({ code: 1, resealed: 1, remaining: 2 })
  })
})
