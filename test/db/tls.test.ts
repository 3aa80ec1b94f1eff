import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStoreAt } from '../_support/engines.ts'
import { EXPIRED, KEY, SELF_SIGNED } from './_support/certificates.ts'

/** Opens a store at a server that speaks TLS with this certificate, and says nothing more. */
async function openOverTls(cert: string, trusted?: string): Promise<unknown> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    // SSLRequest, and that it may be so (section 55.2.10).
    socket.once('data', () => {
      socket.write('S')
      new TLSSocket(socket, { isServer: true, key: KEY, cert }).on('error', () => {})
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const query = new URLSearchParams({ sslmode: 'verify-full' })
  if (trusted !== undefined) query.set('sslrootcert', trusted)
  try {
    return await openStoreAt(`postgres://user@127.0.0.1:${port}/db?${query}`)
  } catch (error) {
    return error
  } finally {
    server.close()
  }
}

describe('over TLS', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daemun-tls-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('a server whose certificate nobody vouches for is a matter of the setting', async () => {
    expect(await openOverTls(SELF_SIGNED)).toMatchObject({
      message:
        'DATABASE_URL: the certificate of the server is not trusted: sslrootcert=FILE names its authority',
      reason: 'setting',
    })
  })

  test('so is the file of an authority that is not there', async () => {
    expect(await openOverTls(SELF_SIGNED, join(folder, 'none.pem'))).toMatchObject({
      message: 'DATABASE_URL: a file of certificates that it names is not there',
      reason: 'setting',
    })
  })

  test('a certificate that is over may be renewed: the store is away', async () => {
    const trusted = join(folder, 'authority.pem')
    await writeFile(trusted, EXPIRED)

    expect(await openOverTls(EXPIRED, trusted)).toMatchObject({
      message: 'DATABASE_URL: the store is not available (CERT_HAS_EXPIRED)',
      reason: 'away',
    })
  })
})
