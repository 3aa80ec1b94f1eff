/**
 * The least that could be called the same work: `node:http` with constant answers. A check is
 * answered at once; a login's callback after one kept-alive call to the stand-in for Kakao.
 *
 * JavaScript, as the package is that it is compared with: to strip types takes a third of a start.
 */
import { Agent, createServer, request as send } from 'node:http'

const [, , kakaoUrl = ''] = process.argv
const agent = new Agent({ keepAlive: true, maxSockets: 100 })
const SESSION = JSON.stringify({ user: { id: `usr_${'x'.repeat(22)}` }, session: { id: 'x' } })
const COOKIE = `daemun_session=${'x'.repeat(43)}; Path=/; HttpOnly; SameSite=Lax`
const AUTHORIZE = `${kakaoUrl}/oauth/authorize?state=${'x'.repeat(43)}&nonce=${'y'.repeat(43)}`

const server = createServer((request, response) => {
  const { url = '' } = request
  if (url.includes('/callback/')) askKakao(url, () => answer(response, 200))
  else answer(response, url.startsWith('/oauth/') ? 302 : 200)
})
server.keepAliveTimeout = 60_000
server.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('listening\n'))
process.stdin.resume().on('end', () => process.exit())

function answer(response, status) {
  const headers = { 'content-type': 'application/json', 'content-length': SESSION.length }
  const moved = { location: AUTHORIZE, 'content-length': 0 }
  response.writeHead(status, { 'set-cookie': COOKIE, ...(status === 302 ? moved : headers) })
  response.end(status === 302 ? undefined : SESSION)
}

function askKakao(callback, onAnswer) {
  const body = `grant_type=authorization_code&${callback.slice(callback.indexOf('?') + 1)}`
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': body.length,
  }
  const call = send(`${kakaoUrl}/oauth/token`, { method: 'POST', agent, headers }, (kakao) => {
    kakao.resume().on('end', onAnswer)
  })
  call.end(body)
}
