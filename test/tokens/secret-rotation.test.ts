import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { readJson } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import {
  askSession,
  beginRelay,
  CALLBACK,
  loginByRelay,
  postForm,
  postJson,
  refresh,
} from '../_support/ways.ts'
import type { World } from '../_support/world.ts'

const OLD = { SECRET_KEY: 'the old secret' }
const BOTH = { SECRET_KEY: 'the new secret, the old secret' }
const NEW = { SECRET_KEY: 'the new secret' }

describe.each(ENGINES)('a new SECRET_KEY on $name', (engine) => {
  let store: SharedStore
  let before: World

  beforeEach(async () => {
    store = await createSharedStore(engine)
    before = await store.open({ environment: OLD })
  })
  afterEach(() => store.close())

  test('a refresh token goes on, with the old one second and after it was removed', async () => {
    const { refresh_token } = await loginByRelay(before)
    const during = await store.open({ environment: BOTH })
    const second = await readJson(await refresh(during, refresh_token))
    const after = await store.open({ environment: NEW })

    expect((await refresh(after, String(second.refresh_token))).status).toBe(200)
  })

  test('one that was not used meanwhile goes on as well', async () => {
    const tokens = await loginByRelay(before)
    await store.open({ environment: BOTH })
    const after = await store.open({ environment: NEW })

    const next = await readJson(await refresh(after, tokens.refresh_token))

    expect((await refresh(after, String(next.refresh_token))).status).toBe(200)
    expect((await askSession(after, tokens.access_token)).status).toBe(200)
  })

  test('an answer lost just before gets the same successor', async () => {
    const { refresh_token } = await loginByRelay(before)
    const lost = await readJson(await refresh(before, refresh_token))
    const during = await store.open({ environment: BOTH })

    expect(await readJson(await refresh(during, refresh_token))).toMatchObject({
      refresh_token: lost.refresh_token,
    })
  })

  test('with the old one removed a lost answer is lost, and nobody is logged out', async () => {
    const tokens = await loginByRelay(before)
    const next = await readJson(await refresh(before, tokens.refresh_token))
    await store.open({ environment: BOTH })
    const after = await store.open({ environment: NEW })

    expect((await refresh(after, tokens.refresh_token)).status).toBe(400)
    expect((await refresh(after, String(next.refresh_token))).status).toBe(200)
  })

  test('a token used long ago still kills its family', async () => {
    const tokens = await loginByRelay(before)
    await refresh(before, tokens.refresh_token)
    await store.open({ environment: BOTH })
    const after = await store.open({ environment: NEW })
    before.clock.advance(60_001)

    expect((await refresh(after, tokens.refresh_token)).status).toBe(400)
    expect((await askSession(after, tokens.access_token)).status).toBe(401)
  })

  test('a refresh token of the old one is revoked all the same', async () => {
    const tokens = await loginByRelay(before)
    await store.open({ environment: BOTH })
    const after = await store.open({ environment: NEW })

    await postForm(after, '/oauth/revoke/', { token: tokens.refresh_token })

    expect((await askSession(after, tokens.access_token)).status).toBe(401)
  })

  test('a relay posted once more answers the same to the byte', async () => {
    const relay = await beginRelay(before)
    const first = await (await postJson(before, CALLBACK, relay)).text()
    const during = await store.open({ environment: BOTH })

    expect(await (await postJson(during, CALLBACK, relay)).text()).toBe(first)
  })
})
