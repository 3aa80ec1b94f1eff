import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import { listen } from '../../src/cli/listen.ts'
import {
  type AccessTokenClaims,
  expressAuth,
  fastifyAuth,
  honoAuth,
  type Verifier,
} from '../../src/verify/index.ts'
import { findFreePort } from '../../test/_support/free-port.ts'

declare module 'fastify' {
  interface FastifyRequest {
    user?: AccessTokenClaims
  }
}

/** An API that says who asks. */
export interface GuardedApi {
  readonly url: string
  close(): Promise<void>
}

export type OpenApi = (verifier: Verifier) => Promise<GuardedApi>

export const FRAMEWORKS: readonly [string, OpenApi][] = [
  ['Hono', openHono],
  ['Express', openExpress],
  ['Fastify', openFastify],
]

async function openHono(verifier: Verifier): Promise<GuardedApi> {
  const app = new Hono<{ Variables: { user: AccessTokenClaims } }>()
  app.use('/api/*', honoAuth(verifier))
  app.get('/api/me', (c) => c.json({ sub: c.get('user').sub }))
  const port = await findFreePort()
  const listener = await listen(app.fetch, { host: '127.0.0.1', port, setting: 'port' })
  return {
    url: `http://127.0.0.1:${port}/api/me`,
    close: async () => void (await listener.close(1000)),
  }
}

async function openExpress(verifier: Verifier): Promise<GuardedApi> {
  const app = express()
  app.use('/api', expressAuth(verifier))
  app.get('/api/me', (request: object, response: { json(body: object): void }) => {
    response.json({ sub: (request as { user?: AccessTokenClaims }).user?.sub })
  })
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/api/me`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function openFastify(verifier: Verifier): Promise<GuardedApi> {
  const app = fastify()
  app.addHook('onRequest', fastifyAuth(verifier))
  app.get('/api/me', async (request) => ({ sub: request.user?.sub }))
  return {
    url: `${await app.listen({ port: 0, host: '127.0.0.1' })}/api/me`,
    close: () => app.close(),
  }
}
