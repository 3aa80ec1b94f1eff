// Run by itself: a login of the client against the emulator, where the client has no Node.
import { createKakaoEmulator } from '../../../src/emulator/index.ts'
import { createBareRuntime } from './bare-runtime.ts'

type Kakao = typeof import('../../../src/kakao/index.ts')

const ORIGIN = 'http://kakao.test'
const SOL = '1376016924429759228'

const emulator = createKakaoEmulator()
const runtime = createBareRuntime((input, init) => emulator.fetch(new Request(input, init)))
const face = new URL('../../../src/kakao/index.ts', import.meta.url).href
const { createKakaoClient } = (await runtime.load(face)) as Kakao

const kakao = createKakaoClient({
  restApiKey: 'demo-rest-api-key',
  clientSecret: 'demo-client-secret',
  kauthUrl: ORIGIN,
  kapiUrl: ORIGIN,
})
const redirectUri = 'http://localhost:8000/oauth/kakao/login/callback/'
const url = kakao.authorizeUrl({ redirectUri, state: 'state-1', nonce: 'nonce-1' })
const back = await emulator.authorize(url, { id: SOL })
const code = back.searchParams.get('code') ?? ''

const { idToken = '', accessToken } = await kakao.exchangeCode({ code, redirectUri })
const { subject } = await kakao.verifyIdToken(idToken, { nonce: 'nonce-1' })
const { id } = await kakao.asUser(accessToken).getMe()

process.stdout.write(JSON.stringify({ subject, id, files: runtime.files }))
