import { KapiError } from '../errors/kapi-error.ts'
import type { App } from '../state/apps.ts'
import type { World } from '../world.ts'
import { findPropertyKeys, type Wants } from './property-keys.ts'

/** How an answer about a person is to look. */
export interface AccountView {
  readonly origin: string
  /** Whether picture addresses are https. */
  readonly secure: boolean
  /** Whether `property_keys` left everything in. */
  readonly whole: boolean
  /** Whether a property key such as `kakao_account.email` was asked for. */
  readonly wants: Wants
}

/**
 * Reads how an answer is to look.
 *
 * @throws {KapiError} -2, -201.
 */
export function readView(
  { switches }: World,
  app: App,
  request: Request,
  parameters: URLSearchParams,
): AccountView {
  const keys = findPropertyKeys(parameters, app, switches)
  return {
    origin: new URL(request.url).origin,
    secure: readFlag(parameters, 'secure_resource'),
    whole: keys === undefined,
    wants: keys ?? (() => true),
  }
}

function readFlag(parameters: URLSearchParams, name: string): boolean {
  const value = parameters.get(name) || 'false'
  if (value !== 'true' && value !== 'false') throw new KapiError(-2)
  return value === 'true'
}
