import { spawn, spawnSync } from 'node:child_process'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen } from '../src/cli/listen.ts'
import { findFreePort } from '../test/_support/free-port.ts'
import { loginByRelay } from '../test/_support/ways.ts'
import { createWorld, type World } from '../test/_support/world.ts'

const ISSUER = 'http://localhost:8000'
const PYTHON = ['/usr/bin/python3', 'python3'].find(
  (path) => spawnSync(path, ['-c', 'import jwt, cryptography']).status === 0,
)
if (PYTHON === undefined) {
  process.stderr.write('\nSKIPPED: PyJWT did not check our access tokens, since it is not here\n\n')
}

/** Reads a token from stdin and says what PyJWT thinks of it. */
const PYTHON_SCRIPT = `
import sys, jwt
url, issuer = sys.argv[1:]
token = sys.stdin.read()
try:
    key = jwt.PyJWKClient(url).get_signing_key_from_jwt(token).key
    claims = jwt.decode(token, key, algorithms=["RS256"], issuer=issuer, audience=issuer,
                        options={"verify_exp": False, "verify_iat": False})
    print("accepted", claims["sub"])
except jwt.PyJWTError as error:
    print("refused", type(error).__name__)
`

let world: World
let jwksUrl: string
let stop: () => Promise<unknown>

beforeAll(async () => {
  world = await createWorld()
  const port = await findFreePort()
  const address = { host: '127.0.0.1', port, setting: 'port' }
  const listener = await listen((request) => world.daemun.fetch(request), address)
  jwksUrl = `http://127.0.0.1:${port}/.well-known/jwks.json`
  stop = () => listener.close(1000)
})
afterAll(async () => {
  await stop()
  await world.close()
})

/** The token with another user in it, or with another signature. */
function alter(token: string): string[] {
  const [head = '', body = '', tail = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'usr_other' })).toString('base64url')
  const flipped = `${tail.startsWith('A') ? 'B' : 'A'}${tail.slice(1)}`
  return [`${head}.${forged}.${tail}`, `${head}.${body}.${flipped}`]
}

describe('jose', () => {
  const options = () => ({
    issuer: ISSUER,
    audience: ISSUER,
    typ: 'at+jwt',
    currentDate: world.clock.now(),
  })

  test('accepts our access tokens by the published keys, before and after a rotation', async () => {
    const keys = createRemoteJWKSet(new URL(jwksUrl), { cooldownDuration: 0 })
    for (let turn = 0; turn < 2; turn += 1) {
      const { access_token, user } = await loginByRelay(world)
      const { payload } = await jwtVerify(access_token, keys, options())
      expect(payload.sub).toBe((user as { id: string }).id)
      await world.daemun.rotateSigningKey({ now: true })
      world.clock.advance(5000)
    }
  })

  test('refuses altered ones', async () => {
    const keys = createRemoteJWKSet(new URL(jwksUrl))
    const { access_token } = await loginByRelay(world)
    for (const token of alter(access_token)) {
      await expect(jwtVerify(token, keys, options())).rejects.toMatchObject({
        code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      })
    }
  })
})

describe.skipIf(PYTHON === undefined)('PyJWT (skipped where it is not installed)', () => {
  /** In a process of its own, so that our server can answer it. */
  async function ask(token: string): Promise<string> {
    const child = spawn(PYTHON ?? '', ['-c', PYTHON_SCRIPT, jwksUrl, ISSUER])
    child.stdin.end(token)
    let output = ''
    for await (const chunk of child.stdout) output += chunk
    return output.trim()
  }

  test('accepts our access tokens by the published keys', async () => {
    const { access_token, user } = await loginByRelay(world)
    expect(await ask(access_token)).toBe(`accepted ${(user as { id: string }).id}`)
  })

  test('refuses altered ones', async () => {
    const { access_token } = await loginByRelay(world)
    for (const token of alter(access_token)) {
      expect(await ask(token)).toBe('refused InvalidSignatureError')
    }
  })
})
