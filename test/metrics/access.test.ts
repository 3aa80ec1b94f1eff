import { afterEach, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../_support/world.ts'

const TOKEN = 'a-token-for-prometheus-of-32-chars'
const IN_PRODUCTION = {
  NODE_ENV: 'production',
  ALLOW_EMULATOR: 'true',
  KAKAO_REST_API_KEY: 'demo-rest-api-key',
  KAKAO_KAUTH_URL: 'http://localhost:8001',
  KAKAO_KAPI_URL: 'http://localhost:8001',
  KAKAO_REDIRECT_URI: 'http://localhost:8000/oauth/kakao/login/callback/',
  SECRET_KEY: 'q8Zr1vXw5TnKb3LmYc7UdF2hJs9GaE4p',
}

let world: World
afterEach(() => world.close())

async function statusOf(environment: Record<string, string>, authorization?: string) {
  world = await createWorld({ environment })
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
  return await world.browser().get('/metrics', headers)
}

describe('who reads the metrics', () => {
  test('without a token: anybody, outside production', async () => {
    expect((await statusOf({})).status).toBe(200)
  })

  test('without a token nobody in production, where the path is as good as none', async () => {
    const answer = await statusOf(IN_PRODUCTION, `Bearer ${TOKEN}`)

    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'not_found' })
  })

  test('and whose answers nothing tells from those of any other that is none', async () => {
    world = await createWorld({ environment: IN_PRODUCTION })
    const askOf = async (path: string) => {
      const browser = world.browser()
      const answers = [
        await browser.get(path),
        await browser.post(path),
        await browser.delete(path),
      ]
      return await Promise.all(
        answers.map(async (answer) => {
          const { request_id, ...body } = (await answer.json()) as Record<string, unknown>
          const headers = [...answer.headers].filter(([name]) => name !== 'x-request-id')
          return { status: answer.status, headers, body }
        }),
      )
    }

    expect(await askOf('/metrics')).toEqual(await askOf('/nowhere'))
    expect(await askOf('/metrics/')).toEqual(await askOf('/nowhere/'))
  })

  test.each([{}, IN_PRODUCTION])('with a token: whoever brings it', async (environment) => {
    const answer = await statusOf({ ...environment, METRICS_TOKEN: TOKEN }, `Bearer ${TOKEN}`)

    expect(answer.status).toBe(200)
  })

  test.each([
    undefined,
    'Bearer',
    `Bearer ${TOKEN}x`,
    `Basic ${TOKEN}`,
    `Bearer ${'x'.repeat(34)}`,
  ])('with a token, %s gets in nobody', async (authorization) => {
    const answer = await statusOf({ METRICS_TOKEN: TOKEN }, authorization)

    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(await answer.text()).not.toContain(TOKEN)
  })
})
