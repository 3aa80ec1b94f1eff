import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import { createContext, type Module, SourceTextModule } from 'node:vm'

/** A place to run modules in that has the language, what Web standards add, and nothing of Node. */
export interface BareRuntime {
  /** Loads a module of ours, and all that it imports, and gives what it exports. */
  load(url: string): Promise<unknown>
  /** The files loaded so far. */
  readonly files: readonly string[]
}

/** Needs `--experimental-vm-modules`. */
export function createBareRuntime(fetch: typeof globalThis.fetch): BareRuntime {
  const context = createContext({
    ...{ fetch, crypto, URL, URLSearchParams, TextEncoder, TextDecoder, atob, btoa },
    ...{ Request, Response, Headers, ReadableStream, DOMException },
    ...{ AbortSignal, AbortController, setTimeout, clearTimeout, performance },
  })
  const modules = new Map<string, Promise<Module>>()

  const find = (url: string): Promise<Module> => {
    const found = modules.get(url) ?? compile(url)
    modules.set(url, found)
    return found
  }
  const compile = async (url: string): Promise<Module> => {
    const source = stripTypeScriptTypes(await readFile(fileURLToPath(url), 'utf8'))
    return new SourceTextModule(source, { context, identifier: url })
  }

  return {
    async load(url) {
      const module = await find(url)
      // A specifier that is no file of ours, such as one of Node's, cannot be read and fails.
      await module.link((specifier, { identifier }) => find(new URL(specifier, identifier).href))
      await module.evaluate()
      return module.namespace
    },
    get files() {
      return [...modules.keys()].map((url) => fileURLToPath(url))
    },
  }
}
