import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { faultSchema } from '../../src/emulator/control/fault-schema.ts'
import { VARIANTS } from '../../src/emulator/control/webhook-schema.ts'
import { createKakaoEmulator, readSeed } from '../../src/emulator/index.ts'
import { appSchema } from '../../src/emulator/seed/app-schema.ts'
import { personSchema } from '../../src/emulator/seed/person-schema.ts'
import { toSwitches } from '../../src/emulator/switches.ts'
import { SENT_UNASKED } from '../../src/emulator/webhooks/event-types.ts'
import { control, getCode, HANEUL, logIn } from '../emulator/_support/demo-app.ts'
import { BOTH_WEBHOOKS, createService } from '../emulator/_support/service.ts'
import { toRequest } from './_support/curl.ts'
import { EMULATOR, findAll, READMES, readDocument, toPath } from './_support/documents.ts'

const CURL = /^(curl .*)$/gm
const CONTROL_ENDPOINT = /`((?:GET|POST|PATCH|DELETE) \/_emulator\/[^\s`]*)`/g

/** An emulator in which someone is linked, and a code and a token are waiting. */
async function createLivedIn() {
  const kakao = createKakaoEmulator({ auto: true, fetch: createService().fetch })
  const { access_token } = await logIn(kakao)
  await control(kakao, 'PATCH', 'apps/123456', { webhooks: BOTH_WEBHOOKS })
  const redirect_uri = 'http://localhost:3000/callback'
  const code = await getCode(kakao, { id: HANEUL }, { redirect_uri })
  return { kakao, variables: { CODE: code, ACCESS_TOKEN: access_token } }
}

/** The names in the first column of the table under a heading, such as `## Faults`. */
function namesUnder(text: string, heading: RegExp): string[] {
  const [, after = ''] = text.split(heading)
  const [rows = ''] = after
    .split(/\n#|\n\n(?!\|)(?=[^|]*\n)/)
    .filter((part) => part.includes('|---'))
  return [...rows.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z_0-9]+)`/g)].map(([, name = '']) => name),
  )
}

describe.each(EMULATOR)('%s', (name) => {
  const text = readDocument(name)
  const isKorean = !name.includes('.en.')
  const heading = (korean: RegExp, english: RegExp) => (isKorean ? korean : english)

  test('lists every switch with its default', () => {
    const rows = [...text.matchAll(/^\| `([a-z_]+)` \| `([^|]+)` \|/gm)]
    const listed = rows.map(([, key = '', value = '']) => [key, value])
    const switches = Object.entries(toSwitches()).map(([key, value]) => [
      key,
      JSON.stringify(value),
    ])
    expect(listed.filter(([key = '']) => key in toSwitches())).toEqual(switches)
  })

  test('lists every field of apps and people', () => {
    expect(namesUnder(text, heading(/\*\*앱\.\*\*/, /\*\*Apps\.\*\*/))).toEqual(
      Object.keys(appSchema.shape),
    )
    expect(namesUnder(text, heading(/\*\*사람\.\*\*/, /\*\*People\.\*\*/)).sort()).toEqual(
      Object.keys(personSchema.shape).sort(),
    )
  })

  test('lists every field of a fault, every variant, and every event sent unasked', () => {
    expect(namesUnder(text, heading(/^## 장애$/m, /^## Faults$/m)).sort()).toEqual(
      Object.keys(faultSchema.shape).sort(),
    )
    const variants = VARIANTS.filter((variant) =>
      new RegExp(`^\\| \`${variant}\` \\|`, 'm').test(text),
    )
    expect(variants).toEqual(VARIANTS)
    for (const event of SENT_UNASKED) expect(text).toContain(`\`${event}\``)
  })

  test('names only control calls that there are', async () => {
    const endpoints = findAll(text, CONTROL_ENDPOINT)
    expect(endpoints.length).toBeGreaterThan(20)
    for (const endpoint of endpoints) {
      const { kakao } = await createLivedIn()
      const [method = '', path = ''] = endpoint.split(' ')
      const response = await kakao.fetch(new Request(`http://localhost:8001${path}`, { method }))
      expect([endpoint, response.status]).not.toEqual([endpoint, 404])
    }
  })

  test('shows a seed that can be used', async () => {
    const [seed = ''] = findAll(text, /```yaml\n([\s\S]*?)```/g)
    const { apps, people } = await readSeed(seed)
    expect(apps?.[0]?.service_terms).toHaveLength(2)
    expect(people?.map(({ id }) => id)).toEqual(['1000000001', '1376016924429759228'])
  })

  test('shows a test in JavaScript that passes', async () => {
    const [script = ''] = findAll(text, /```js\n([\s\S]*?)```/g)
    const folder = await mkdtemp(join(tmpdir(), 'daemun-docs-'))
    try {
      const file = join(folder, 'test.mjs')
      const emulator = JSON.stringify(toPath('src/emulator/index.ts'))
      await writeFile(file, script.replace("'daemun/emulator'", emulator))
      await promisify(execFile)(process.execPath, [file])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe.each([...EMULATOR, ...READMES])('%s', (name) => {
  const commands = findAll(readDocument(name), CURL).filter((one) => one.includes('localhost:8001'))

  test.each(commands)('%s', async (command) => {
    const { kakao, variables } = await createLivedIn()
    const response = await kakao.fetch(toRequest(command, variables))
    expect([response.status < 400, await response.text()]).toEqual([true, expect.anything()])
  })
})
