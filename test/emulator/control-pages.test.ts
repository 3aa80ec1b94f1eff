import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import { control, demoSeed, get, HANEUL, logIn, me, post } from './_support/demo-app.ts'
import { BOTH_WEBHOOKS, createService } from './_support/service.ts'

const HTML = { accept: 'text/html' }
const HOME = '/_emulator/'

describe('control pages', () => {
  test.each([
    ['', '김하늘'],
    [`people/${HANEUL}`, 'haneul@example.com'],
    ['apps/123456', 'demo-client-secret'],
    ['faults', '장애 걸기'],
    ['journal', '받은 요청'],
    ['webhooks', '보낸 웹훅'],
    ['switches', 'code_ttl_seconds'],
    ['seed', 'demo-client-secret'],
  ])('/_emulator/%s is a page for a browser', async (path, text) => {
    const response = await get(createKakaoEmulator(), HOME + path, HTML)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(await response.text()).toContain(text)
  })

  test('show what happened, escaped', async () => {
    const service = createService()
    const seed = demoSeed({ webhooks: BOTH_WEBHOOKS }, { nickname: '<i>' })
    const kakao = createKakaoEmulator({ seed, fetch: service.fetch })
    await logIn(kakao)
    await kakao.settled()
    const read = async (path: string) => (await get(kakao, HOME + path, HTML)).text()

    expect(await read('journal')).toContain('POST /oauth/token')
    expect(await read('webhooks')).toContain('user-linked')
    expect(await read(`people/${HANEUL}`)).toContain('&lt;i&gt;')
    expect(await read(`people/${HANEUL}`)).not.toContain('<i>')
  })
})

describe('a form of a control page', () => {
  test('does what JSON does, and leads back', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    const form = { _back: HOME, 'advance_seconds:number': '60' }
    const response = await post(kakao, '/_emulator/clock', form)

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(HOME)
    const { now } = (await (await control(kakao, 'GET', 'clock')).json()) as { now: string }
    expect(now).toBe('2026-01-01T12:01:00.000Z')
  })

  test('changes a person: an empty field takes away, a box not ticked is a no', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    await post(kakao, `/_emulator/people/${HANEUL}`, {
      _back: `/_emulator/people/${HANEUL}`,
      _method: 'PATCH',
      nickname: '새 이름',
      email: '',
      'is_email_valid:flag': 'false',
    })
    const { text } = await me(kakao, tokens)
    expect(text).toContain('새 이름')
    expect(text).not.toContain('haneul@example.com')
  })

  test('changes an app by JSON written by hand', async () => {
    const kakao = createKakaoEmulator()
    const _json = '{"name":"새 앱"}'
    const back = '/_emulator/apps/123456'
    await post(kakao, back, { _back: back, _method: 'PATCH', _json })
    expect(await (await get(kakao, back, HTML)).text()).toContain('<h1>새 앱</h1>')
  })

  test('starts over from a seed written by hand', async () => {
    const kakao = createKakaoEmulator()
    const back = '/_emulator/seed'
    const _json = 'apps: [{ rest_api_keys: [{ key: k }], name: 새 앱 }]'
    expect((await post(kakao, back, { _back: back, _json })).status).toBe(303)
    expect(await (await get(kakao, HOME, HTML)).text()).toContain('새 앱')
  })

  test.each(['GET', 'TRACE', 'no method'])(
    'cannot be sent as %s: that is a POST',
    async (_method) => {
      const kakao = createKakaoEmulator({ now: () => NOON })
      const form = { _back: HOME, _method, 'advance_seconds:number': '60' }
      expect((await post(kakao, '/_emulator/clock', form)).status).toBe(303)
    },
  )

  test('shows the answer where it asks to', async () => {
    const service = createService(() => new Response('no such user', { status: 404 }))
    const seed = demoSeed({ webhooks: BOTH_WEBHOOKS })
    const kakao = createKakaoEmulator({ seed, fetch: service.fetch })
    const form = { _back: HOME, _show: 'true', kind: 'unlink', person: HANEUL }
    expect(await (await post(kakao, '/_emulator/webhooks', form)).text()).toContain('no such user')
  })

  test('that cannot be obeyed says why', async () => {
    const form = { _back: HOME, email: 'nonsense' }
    const response = await post(createKakaoEmulator(), '/_emulator/people', form)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(await response.text()).toContain('email: must be an e-mail address')
  })

  test.each(['https://elsewhere.test/', '//elsewhere.test', '/_emulator/\\elsewhere.test'])(
    'leads nowhere else: %s',
    async (_back) => {
      const response = await post(createKakaoEmulator(), '/_emulator/reset', { _back })
      expect(response.headers.get('location')).toBe(HOME)
    },
  )

  test('is refused when a page of another site sends it', async () => {
    const crossSite = { 'sec-fetch-site': 'cross-site' }
    const response = await post(
      createKakaoEmulator(),
      '/_emulator/reset',
      { _back: HOME },
      crossSite,
    )
    expect(response.status).toBe(403)
  })

  test('is told apart from JSON that curl sends as a form', async () => {
    const request = new Request('http://kakao.test/_emulator/clock', {
      method: 'POST',
      body: '{"advance_seconds":1}',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    const response = await createKakaoEmulator({ now: () => NOON }).fetch(request)
    expect(await response.json()).toEqual({ now: '2026-01-01T12:00:01.000Z' })
  })
})
