// Run from a folder where the package is installed: a whole login, in process.
import assert from 'node:assert/strict'
import { createDaemun, readConfig } from 'daemun'
import { createKakaoEmulator } from 'daemun/emulator'

const kakao = createKakaoEmulator({ auto: true })
const daemun = await createDaemun({
  config: readConfig({ DATABASE_URL: 'sqlite::memory:', SECRET_KEY: 'smoke', LOG_LEVEL: 'error' }),
  fetch: (input, init) => kakao.fetch(new Request(input, init)),
})

const start = await daemun.fetch(new Request('http://localhost:8000/oauth/kakao/login/'))
const cookie = start.headers.getSetCookie()[0].split(';')[0]
const back = await kakao.fetch(new Request(start.headers.get('location')))
const callback = new Request(back.headers.get('location'), { headers: { cookie } })
const answer = await (await daemun.fetch(callback)).json()

assert.equal(answer.social_id, 'kakao_1000000001')
assert.equal(answer.user_email, 'haneul@example.com')

const font = await daemun.fetch(
  new Request('http://localhost:8000/assets/pretendard-regular.woff2'),
)
assert.equal(font.status, 200)
await daemun.close()
process.stdout.write(`a login on Node ${process.version}\n`)
