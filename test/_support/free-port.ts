import { createServer } from 'node:net'

/** The system may name a port twice while nobody listens there yet. */
const given = new Set<number>()

/** Finds a port of the loopback address on which nobody listens, and which nobody else was given. */
export async function findFreePort(): Promise<number> {
  const port = await findPort()
  if (given.has(port)) return await findFreePort()
  given.add(port)
  return port
}

async function findPort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
