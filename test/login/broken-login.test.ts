import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ENGINES, POSTGRES } from '../_support/engines.ts'
import { goToKakao, readJson } from '../_support/login.ts'
import { COMMIT, startTcpProxy } from '../_support/tcp-proxy.ts'
import { createWorld, HANEUL } from '../_support/world.ts'

describe.each(ENGINES)('a login that breaks on $name', (engine) => {
  test.each([
    ['a bug of ours', new Error('broken'), 500, 'internal'],
    [
      'a store out of reach',
      Object.assign(new Error(), { code: 'ECONNRESET' }),
      503,
      'store_unavailable',
    ],
  ])(
    'by %s answers the same code the same again, at once',
    async (_title, failure, status, code) => {
      let isBroken = false
      const world = await createWorld({
        environment: { DATABASE_URL: await engine.createUrl() },
        async intercept(request, send) {
          isBroken = request.method === 'POST'
          return await send(request)
        },
        // The sign-in asks for randomness in the midst of its work.
        randomBytes(size) {
          if (isBroken) throw failure
          return randomBytes(size)
        },
      })
      const browser = world.browser()
      const callback = await goToKakao(world, browser, HANEUL)

      const first = await browser.get(callback)
      isBroken = false
      const second = await browser.get(callback)

      for (const response of [first, second]) {
        expect(response.status).toBe(status)
        expect(await readJson(response)).toMatchObject({ code })
      }
      expect(world.takeCallsToKakao()).toHaveLength(1)
      await world.close()
    },
  )
})

test('a sign-in whose commit got through unheard is found by who tries again', async () => {
  const proxy = await startTcpProxy(await POSTGRES.createUrl())
  const world = await createWorld({ environment: { DATABASE_URL: proxy.url } })
  const browser = world.browser()
  const callback = await goToKakao(world, browser, HANEUL)

  void proxy.cutAfter(COMMIT)
  const first = await browser.get(callback)
  const second = await browser.get(callback)

  expect(first.status).toBe(503)
  expect(await readJson(first)).toMatchObject({ code: 'store_unavailable' })
  expect(second.status).toBe(200)
  expect((await browser.get('/session/')).status).toBe(200)
  await world.close()
  await proxy.close()
})
