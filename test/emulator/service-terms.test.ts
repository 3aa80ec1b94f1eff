import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import {
  ADMIN,
  authorizeUrl,
  bearer,
  demoSeed,
  errorOf,
  get,
  getCode,
  HANEUL,
  kapiCodeOf,
  koeOf,
  logIn,
  me,
  post,
  requestedPaths,
  type Tokens,
  target,
} from './_support/demo-app.ts'
import { newBrowser, openLogin, submit, submitAndFollow } from './_support/pages.ts'

const TERMS = '/v2/user/service_terms'
const REVOKE = '/v2/user/revoke/service_terms'
const UPGRADE = '/v2/user/upgrade/service_terms'
const AT = '2026-01-01T12:00:00Z'

const seed = demoSeed({
  consent_items: [{ id: 'profile_nickname' }],
  service_terms: [
    { tag: 'use', title: '이용약관', required: true },
    { tag: 'ads' },
    { tag: 'use_2', required: true },
  ],
})

const create = () => createKakaoEmulator({ seed, now: () => NOON })
const withoutAds = { id: HANEUL, refuses: ['ads'] }

async function read(kakao: KakaoEmulator, tokens: Tokens, query = '') {
  const answer = (await (await get(kakao, TERMS + query, bearer(tokens))).json()) as {
    service_terms: { tag: string }[]
  }
  return answer.service_terms
}

async function tagsOf(kakao: KakaoEmulator, tokens: Tokens, query = '') {
  return (await read(kakao, tokens, query)).map(({ tag }) => tag)
}

describe('at the first login', () => {
  test('every term of the app is asked for, and may be refused unless required', async () => {
    const kakao = create()
    expect(await tagsOf(kakao, await logIn(kakao, withoutAds))).toEqual(['use', 'use_2'])
  })

  test('service_terms picks which terms are asked for', async () => {
    const kakao = create()
    const tokens = await logIn(kakao, { id: HANEUL }, { service_terms: 'use,ads' })
    expect(await tagsOf(kakao, tokens)).toEqual(['use', 'ads'])
  })

  test('the page names them, the required ones as such', async () => {
    const browser = newBrowser(create())
    const signIn = await openLogin(browser, authorizeUrl())
    const consent = await submitAndFollow(browser, signIn, { person: HANEUL })
    const page = await (await browser.get(consent)).text()

    expect(page).toContain('name="term" value="use" checked required')
    expect(page).toContain('name="term" value="ads" checked>')
    expect(page).toContain('이용약관')
    const choice = { decision: 'agree', agree: 'profile_nickname', term: 'ads' }
    expect(await koeOf(await submit(browser, consent, choice))).toBe('KOE203')
  })

  test('the time of it is told as synched_at', async () => {
    const kakao = create()
    expect((await me(kakao, await logIn(kakao))).body).toMatchObject({ synched_at: AT })
  })

  test('an unknown tag is refused: KOE204', async () => {
    const response = await get(create(), authorizeUrl({ service_terms: 'nope' }))
    expect(await koeOf(response)).toBe('KOE204')
  })
})

describe('once linked', () => {
  const pagesOf = async (service_terms: string) => {
    const kakao = create()
    await logIn(kakao, withoutAds, { service_terms: 'use,ads' })
    const before = (await requestedPaths(kakao)).length
    const tokens = await logIn(kakao, { id: HANEUL }, { service_terms })
    const paths = (await requestedPaths(kakao)).slice(before)
    return { asked: paths.includes('/account/consent'), tags: await tagsOf(kakao, tokens) }
  }

  test('a required term that is new is asked for, together with those named beside it', async () => {
    expect(await pagesOf('use_2,ads')).toEqual({ asked: true, tags: ['use', 'ads', 'use_2'] })
  })

  test.each(['use', 'ads', 'use,ads'])('%s alone shows no page', async (tags) => {
    expect(await pagesOf(tags)).toEqual({ asked: false, tags: ['use'] })
  })

  test('prompt=none answers consent_required instead of the page', async () => {
    const kakao = create()
    await logIn(kakao, { id: HANEUL }, { service_terms: 'use' })
    const terms = { prompt: 'none', service_terms: 'use_2' }
    expect(await errorOf(kakao, terms)).toBe('consent_required')
    await getCode(kakao, { id: HANEUL }, { prompt: 'none' })
  })
})

describe('GET /v2/user/service_terms', () => {
  test('tells what was agreed to, when and where', async () => {
    const kakao = create()
    const tokens = await logIn(kakao, withoutAds)
    expect(await read(kakao, tokens, '?tags=use')).toEqual([
      {
        tag: 'use',
        required: true,
        agreed: true,
        revocable: false,
        agreed_at: AT,
        agreed_by: 'KAUTH',
      },
    ])
  })

  test('tells all of the app where asked to', async () => {
    const kakao = create()
    const tokens = await logIn(kakao, withoutAds)
    expect(await read(kakao, tokens, '?result=app_service_terms')).toContainEqual({
      tag: 'ads',
      required: false,
      agreed: false,
      revocable: false,
    })
  })

  test.each(['?tags=nope', '?result=nope'])('refuses %s with -2', async (query) => {
    const kakao = create()
    const response = await get(kakao, TERMS + query, bearer(await logIn(kakao)))
    expect(await kapiCodeOf(response)).toBe('400 -2')
  })
})

describe('POST /v2/user/revoke/service_terms', () => {
  test('takes back what is not required, and leaves the rest unsaid', async () => {
    const kakao = create()
    const tokens = await logIn(kakao)
    const response = await post(kakao, REVOKE, { tags: 'use,ads' }, bearer(tokens))

    expect(await response.json()).toEqual({
      id: Number(HANEUL),
      revoked_service_terms: [{ tag: 'ads', agreed: false }],
    })
    expect(await tagsOf(kakao, tokens)).toEqual(['use', 'use_2'])
  })

  test.each(['', 'nope'])('refuses %j with -2', async (tags) => {
    const kakao = create()
    const response = await post(kakao, REVOKE, { tags }, bearer(await logIn(kakao)))
    expect(await kapiCodeOf(response)).toBe('400 -2')
  })
})

describe('POST /v2/user/upgrade/service_terms', () => {
  test('records what is new, and leaves the rest unsaid', async () => {
    const kakao = create()
    const tokens = await logIn(kakao, withoutAds)
    const form = { tags: 'use,ads,nope', ...target(HANEUL) }
    const response = await post(kakao, UPGRADE, form, ADMIN)

    expect(await response.json()).toEqual({
      id: Number(HANEUL),
      agreed_service_terms: [{ tag: 'ads', agreed: true, agreed_at: AT, agreed_by: 'KAPI' }],
    })
    expect(await tagsOf(kakao, tokens)).toContain('ads')
  })

  test('refuses to record nothing', async () => {
    const kakao = create()
    const response = await post(kakao, UPGRADE, {}, bearer(await logIn(kakao)))
    expect(await kapiCodeOf(response)).toBe('400 -2')
  })
})

test.each([
  ['GET', TERMS],
  ['POST', REVOKE],
  ['POST', UPGRADE],
])('%s %s is not for an app without terms', async (method, path) => {
  const kakao = createKakaoEmulator()
  const headers = bearer(await logIn(kakao))
  const answer =
    method === 'GET' ? get(kakao, path, headers) : post(kakao, path, { tags: 'use' }, headers)
  expect(await kapiCodeOf(await answer)).toBe('403 -3')
})

test('after an unlink the terms are asked for anew', async () => {
  const kakao = create()
  await post(kakao, '/v1/user/unlink', {}, bearer(await logIn(kakao)))
  expect(await tagsOf(kakao, await logIn(kakao, withoutAds))).toEqual(['use', 'use_2'])
})
