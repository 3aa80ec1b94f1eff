import { type Listener, listen } from '../../../src/cli/listen.ts'

/**
 * A page app on an origin of its own, as a team would write one: it keeps what it needs in
 * `sessionStorage`, and shows what it has.
 *
 * @param appUrl Where Daemun is.
 */
export async function servePageApp(appUrl: string, port: number): Promise<Listener> {
  const page = toPage(appUrl)
  const headers = { 'content-type': 'text/html;charset=UTF-8' }
  return await listen(() => new Response(page, { headers }), {
    host: '127.0.0.1',
    port,
    setting: 'the page app',
  })
}

function toPage(appUrl: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Page app</title>
<link rel="icon" href="data:,">
<h1>Page app</h1>
<button onclick="relay()">Relay</button>
<button onclick="oneTimeCode()">One-time code</button>
<button onclick="refresh()">Refresh</button>
<button onclick="who()">Who am I</button>
<button onclick="logOut()">Log out</button>
<output role="status"></output>
<script>
const DAEMUN = ${JSON.stringify(appUrl)}
const kept = sessionStorage
const query = new URLSearchParams(location.search)

const show = (value) => { document.querySelector('output').textContent = JSON.stringify(value) }
const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const bearer = () => ({ authorization: 'Bearer ' + JSON.parse(kept.tokens).access_token })

async function postJson(path, body, headers = {}) {
  const init = { method: 'POST', body: JSON.stringify(body) }
  init.headers = { 'content-type': 'application/json', ...headers }
  return (await fetch(DAEMUN + path, init)).json()
}
async function postForm(path, fields) {
  return (await fetch(DAEMUN + path, { method: 'POST', body: new URLSearchParams(fields) })).json()
}

async function relay() {
  const begun = await postJson('/oauth/kakao/login/', { redirect_uri: location.origin + '/relay' })
  kept.attempt = begun.attempt
  location.href = begun.authorize_url
}
async function endRelay() {
  const relay = { code: query.get('code'), state: query.get('state'), attempt: kept.attempt }
  // Twice, as React does in its strict mode.
  const both = await Promise.all([1, 2].map(() => postJson('/oauth/kakao/login/callback/', relay)))
  kept.tokens = JSON.stringify(both[0])
  show({ same: JSON.stringify(both[0]) === JSON.stringify(both[1]), social_id: both[0].social_id })
}

async function oneTimeCode() {
  kept.verifier = base64url(crypto.getRandomValues(new Uint8Array(32)))
  kept.state = base64url(crypto.getRandomValues(new Uint8Array(16)))
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(kept.verifier))
  location.href = DAEMUN + '/oauth/kakao/login/?' + new URLSearchParams({
    delivery: 'code', next: location.origin + '/code', state: kept.state,
    code_challenge: base64url(hash), code_challenge_method: 'S256',
  })
}
async function endOneTimeCode() {
  if (query.has('error')) return show({ error: query.get('error') })
  if (query.get('state') !== kept.state) return show({ error: 'state' })
  const fields = { grant_type: 'authorization_code', code: query.get('code') }
  const answer = await postForm('/oauth/token/', { ...fields, code_verifier: kept.verifier })
  if (answer.access_token) kept.tokens = JSON.stringify(answer)
  show({ social_id: answer.social_id, error: answer.error })
}

async function refresh() {
  const { refresh_token } = JSON.parse(kept.tokens)
  const tokens = await postForm('/oauth/token/', { grant_type: 'refresh_token', refresh_token })
  if (tokens.access_token) kept.tokens = JSON.stringify(tokens)
  show({ refreshed: tokens.refresh_token !== refresh_token, error: tokens.error })
}
async function who() {
  const response = await fetch(DAEMUN + '/session/', { headers: bearer() })
  const { user } = await response.json()
  show({ status: response.status, nickname: user && user.nickname })
}
async function logOut() {
  show(await postJson('/logout/', { kakao: 'token' }, bearer()))
}

if (location.pathname === '/relay') endRelay()
if (location.pathname === '/code') endOneTimeCode()
</script>
</html>
`
}
