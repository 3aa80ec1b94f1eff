import type { SeedApp } from '../seed/seed.ts'
import type { App } from './apps.ts'

export type AdminKey = SeedApp['admin_keys'][number]

/** The admin key that a call was made with, and the app it belongs to. */
export function findAdminKey(
  apps: readonly App[],
  text: string,
): { readonly app: App; readonly adminKey: AdminKey } | undefined {
  for (const app of apps) {
    const adminKey = app.settings.admin_keys.find(({ key }) => key === text)
    if (adminKey !== undefined) return { app, adminKey }
  }
  return undefined
}

/** The admin key that the app's unlink webhook carries. */
export function findPrimaryAdminKey({ settings }: App): string | undefined {
  const keys = settings.admin_keys
  const primary = keys.find((key) => 'primary' in key && key.primary === true) ?? keys[0]
  return primary?.key
}
