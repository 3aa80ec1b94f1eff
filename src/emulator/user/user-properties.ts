import { KapiError } from '../errors/kapi-error.ts'
import type { App } from '../state/apps.ts'
import type { Link } from '../state/links.ts'

/**
 * Sets user properties, all or none.
 *
 * @throws {KapiError} -201: one is not registered in the console.
 */
export function setProperties(
  { id, settings }: App,
  link: Link,
  properties: ReadonlyMap<string, string>,
): void {
  const unknown = [...properties.keys()].filter((key) => !settings.user_properties.includes(key))
  if (unknown.length > 0) throw unknownProperties(unknown, id)
  for (const [key, value] of properties) link.properties.set(key, value)
}

export function unknownProperties(keys: readonly string[], appId: number): KapiError {
  const msg = `user property not found ([${keys.join(', ')}] for appId=${appId})`
  return new KapiError(-201, { msg })
}
