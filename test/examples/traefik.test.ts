import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { login } from '../_support/login.ts'
import { createWorld, HANEUL } from '../_support/world.ts'
import { EXAMPLES } from './_support/front.ts'

async function readExample(name: string): Promise<unknown> {
  return parse(await readFile(join(EXAMPLES, 'traefik', name), 'utf8'))
}

test("examples/traefik can be read, and asks for Daemun's own address and headers", async () => {
  const world = await createWorld()
  const browser = world.browser()
  await login(world, browser, HANEUL)
  const { status, headers } = await browser.get('/auth/verify/?redirect=1')
  await world.close()

  expect(status).toBe(200)
  expect(await readExample('traefik.yml')).toMatchObject({
    providers: { file: { filename: 'routes.yml' } },
  })
  const routes = (await readExample('routes.yml')) as {
    http: {
      middlewares: { daemun: { forwardAuth: { address: string; authResponseHeaders: string[] } } }
    }
  }
  const { address, authResponseHeaders } = routes.http.middlewares.daemun.forwardAuth
  expect(address).toBe('http://127.0.0.1:8000/auth/verify/?redirect=1')
  expect(authResponseHeaders.map((name) => name.toLowerCase()).sort()).toEqual(
    [...headers.keys()].filter((name) => name.startsWith('x-daemun-')).sort(),
  )
})
