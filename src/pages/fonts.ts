import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

export type FontName = 'regular' | 'semibold'

/** Where the pages' `@font-face` rules expect the fonts. */
export const FONT_PATHS = {
  regular: '/assets/pretendard-regular.woff2',
  semibold: '/assets/pretendard-semibold.woff2',
} as const satisfies Record<FontName, string>

const PACKAGE_FILES = {
  regular: 'Pretendard-Regular.subset.woff2',
  semibold: 'Pretendard-SemiBold.subset.woff2',
} as const satisfies Record<FontName, string>

/**
 * Reads a Korean web font (Pretendard, woff2): the copy made by the build, or when running from
 * source the one in the npm package.
 *
 * @returns The file's bytes, or `undefined` where neither is there.
 */
export async function readFont(name: FontName): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return (await findBytes(builtFile(name))) ?? (await findBytes(findPackageFile(name)))
}

function builtFile(name: FontName): string {
  return fileURLToPath(new URL(`../assets/pretendard-${name}.woff2`, import.meta.url))
}

function findPackageFile(name: FontName): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(
      `pretendard/dist/web/static/woff2-subset/${PACKAGE_FILES[name]}`,
    )
  } catch (error) {
    if (hasCode(error, 'MODULE_NOT_FOUND')) return undefined
    throw error
  }
}

async function findBytes(file: string | undefined): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (file === undefined) return undefined
  try {
    return await readFile(file)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
