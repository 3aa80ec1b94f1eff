import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')

/** What each folder may import from, beside itself. Imports run one way. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  jose: [],
  kakao: ['jose', 'limited-text.ts', 'retry-after.ts'],
  config: ['count-edits.ts', 'read-text-file.ts'],
  db: ['tracing'],
  events: ['jose', 'db', 'errors.ts'],
  tracing: ['config'],
  jobs: ['events', 'jose', 'db', 'under-way.ts', 'tracing'],
  deliveries: ['jobs', 'events', 'config', 'db', 'retry-after.ts', 'tracing'],
  metrics: ['config', 'deliveries', 'jobs', 'events', 'kakao', 'db'],
  users: ['events', 'kakao', 'db'],
  links: [
    'withdrawal',
    'consents',
    'kept-tokens',
    'sessions',
    'users',
    'jobs',
    'events',
    'errors.ts',
  ],
  webhooks: [
    'links',
    'withdrawal',
    'consents',
    'kept-tokens',
    'sessions',
    'users',
    'jobs',
    'events',
    'kakao',
    'config',
    'db',
  ],
  resealing: ['jobs', 'events', 'jose', 'config', 'db'],
  'kept-tokens': ['jobs', 'users', 'events', 'kakao', 'jose', 'db'],
  consents: ['users', 'jobs', 'events', 'kakao', 'config', 'db', 'errors.ts'],
  sessions: ['users', 'events', 'config', 'db'],
  limits: ['jose', 'config', 'db', 'errors.ts'],
  tokens: ['limits', 'sessions', 'events', 'jose', 'config', 'db'],
  withdrawal: [
    'consents',
    'kept-tokens',
    'sessions',
    'users',
    'jobs',
    'events',
    'kakao',
    'jose',
    'config',
    'db',
    'errors.ts',
  ],
  login: [
    'limits',
    'withdrawal',
    'tokens',
    'consents',
    'users',
    'sessions',
    'kept-tokens',
    'jobs',
    'events',
    'kakao',
    'jose',
    'config',
    'db',
    'errors.ts',
  ],
  pages: ['errors.ts'],
  http: [
    'limits',
    'login',
    'webhooks',
    'links',
    'withdrawal',
    'tokens',
    'consents',
    'users',
    'sessions',
    'kept-tokens',
    'metrics',
    'deliveries',
    'jobs',
    'events',
    'pages',
    'kakao',
    'jose',
    'config',
    'db',
    'errors.ts',
    'limited-text.ts',
    'log.ts',
    'tracing',
  ],
  verify: ['jose', 'limited-text.ts'],
  emulator: ['jose'],
}

/** The one exception: types of what goes over the wire. */
const SHARED_TYPES = 'kakao/wire.ts'

interface Import {
  readonly from: string
  readonly to: string
}

async function findImports(): Promise<Import[]> {
  const names = await readdir(SRC, { recursive: true })
  const files = names.filter((name) => name.endsWith('.ts'))
  const found = await Promise.all(files.map(readImports))
  return found.flat()
}

async function readImports(from: string): Promise<Import[]> {
  const text = await readFile(join(SRC, from), 'utf8')
  return [...text.matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g)].map(([, path = '']) => ({
    from,
    to: relative(SRC, resolve(SRC, dirname(from), path)),
  }))
}

/** The folder directly under src, or the file there. */
function partOf(path: string): string {
  return path.split('/')[0] ?? path
}

test('imports run one way', async () => {
  const imports = await findImports()
  expect(imports.length).toBeGreaterThan(100)

  const wrong = imports.filter(({ from, to }) => {
    const allowed = MAY_IMPORT[partOf(from)]
    const isInside = partOf(from) === partOf(to)
    const isShared = partOf(from) === 'emulator' && to === SHARED_TYPES
    return allowed !== undefined && !isInside && !isShared && !allowed.includes(partOf(to))
  })
  expect(wrong).toEqual([])
})

// A well-kept library for all that this project does not exist for, even where code of our own were
// faster: layers around a route may be plain functions, but routes and contexts stay Hono's.
test('HTTP is left to Hono: which route a request takes, and the context it is answered in', async () => {
  const app = await readFile(join(SRC, 'http/app.ts'), 'utf8')
  expect(app).toMatch(/import \{[^}]*\bHono\b[^}]*\} from 'hono'/)

  const names = await readdir(join(SRC, 'http'), { recursive: true })
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFile(join(SRC, 'http', name), 'utf8')),
  )
  expect(texts.filter((text) => /\b(?:class|interface) Context\b/.test(text))).toEqual([])
})

test('kakao and the emulator know jose by its public face, which needs no Node', async () => {
  const imports = await findImports()
  const toJose = imports.filter(
    ({ from, to }) => ['kakao', 'emulator'].includes(partOf(from)) && partOf(to) === 'jose',
  )

  expect(new Set(toJose.map(({ to }) => to))).toEqual(new Set(['jose/index.ts']))
})

test('no auth library is among the dependencies', async () => {
  const text = await readFile(resolve(SRC, '../package.json'), 'utf8')
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> }

  expect(Object.keys(dependencies).sort()).toEqual([
    '@hono/node-server',
    '@opentelemetry/api',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace',
    'bowser',
    'hono',
    'kysely',
    'libphonenumber-js',
    'lru-cache',
    'pg',
    'pino',
    'pino-pretty',
    'prom-client',
    'yaml',
    'zod',
  ])
})
