import { z } from 'zod'
import { switchesSchema } from '../switches.ts'
import { appSchema } from './app-schema.ts'
import { DEMO_APP, DEMO_PEOPLE } from './demo-seed.ts'
import { personSchema } from './person-schema.ts'
import { toProblems } from './problems.ts'
import { SeedError } from './seed-error.ts'

const seedSchema = z
  .strictObject({
    apps: z
      .array(appSchema)
      .min(1, 'must hold at least one app')
      .default(() => [appSchema.parse(DEMO_APP)]),
    people: z
      .array(personSchema)
      .default(() => DEMO_PEOPLE.map((person) => personSchema.parse(person))),
    /** What Kakao does where nobody outside knows; the others stand as usual. */
    switches: switchesSchema.partial().optional(),
  })
  .superRefine(({ apps, people }, context) => {
    const keys = apps.flatMap((app, index) => keysOf(app).map((key) => ({ key, index })))
    reportRepeated(keys, (index) => ['apps', index], 'repeats an app key', context)
    const appIds = apps.map(({ app_id }, index) => ({ key: app_id?.toString(), index }))
    reportRepeated(appIds, (index) => ['apps', index, 'app_id'], 'is taken by another app', context)
    const ids = people.map(({ id }, index) => ({ key: id, index }))
    reportRepeated(ids, (index) => ['people', index, 'id'], 'is taken by another person', context)
  })

/** What an emulator begins with: its apps and people. Every field but the keys may be left out. */
export type EmulatorSeed = z.input<typeof seedSchema>

/** A seed with every default filled in. */
export type CompleteSeed = z.output<typeof seedSchema>
export type SeedApp = CompleteSeed['apps'][number]
export type SeedPerson = CompleteSeed['people'][number]

/**
 * Checks a seed and fills in its defaults; apps or people left out are the demo's.
 *
 * @throws {SeedError} One line per problem.
 */
export function completeSeed(seed: unknown): CompleteSeed {
  const result = seedSchema.safeParse(seed, { reportInput: true })
  if (result.success) return result.data
  throw new SeedError(toProblems(result.error, 'the seed'))
}

function keysOf(app: z.output<typeof appSchema>): string[] {
  const restKeys = app.rest_api_keys.map(({ key }) => key)
  const adminKeys = app.admin_keys.map(({ key }) => key)
  return [...restKeys, ...app.native_app_keys, ...app.javascript_keys, ...adminKeys]
}

function reportRepeated(
  entries: readonly { readonly key: string | undefined; readonly index: number }[],
  toPath: (index: number) => PropertyKey[],
  message: string,
  context: z.RefinementCtx,
): void {
  const seen = new Set<string>()
  for (const { key, index } of entries) {
    if (key !== undefined && seen.has(key)) {
      context.addIssue({ code: 'custom', path: toPath(index), message })
    }
    if (key !== undefined) seen.add(key)
  }
}
