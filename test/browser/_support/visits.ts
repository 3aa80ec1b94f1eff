import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

/** How long anything on a page may take to appear. */
const PATIENCE_MS = 10_000

/** People who come by in one test, each with a browser profile of their own. */
export interface Visits {
  /** Somebody new arrives with an empty page. Korean unless said otherwise. */
  arrive(options?: BrowserContextOptions): Promise<Page>
  /** What no page may do, in words: complain, break its own policy, ask some other host. */
  readonly faults: readonly string[]
  end(): Promise<void>
}

/** @param origins The only ones that pages may ask anything of; the first is where paths lead. */
export function createVisits(browser: Browser, origins: readonly [string, ...string[]]): Visits {
  const contexts: BrowserContext[] = []
  const faults: string[] = []

  return {
    faults,

    async arrive(options = {}) {
      const context = await browser.newContext({
        baseURL: origins[0],
        locale: 'ko-KR',
        ...options,
      })
      contexts.push(context)
      context.setDefaultTimeout(PATIENCE_MS)
      watch(context, origins, (fault) => faults.push(fault))
      return await context.newPage()
    },

    async end() {
      await Promise.all(contexts.map((context) => context.close()))
    },
  }
}

function watch(
  context: BrowserContext,
  origins: readonly string[],
  report: (fault: string) => void,
): void {
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol !== 'data:' && !origins.includes(origin)) report(`asked ${request.url()}`)
  })
  context.on('response', (response) => {
    // What a script asks, the script judges; pages of ours have none.
    const isPart = !['document', 'fetch'].includes(response.request().resourceType())
    if (isPart && !response.ok()) report(`${response.status()} for ${response.url()}`)
  })
  context.on('console', (message) => {
    // Said of a page that is itself an error page; what pages load is watched above.
    if (message.text().startsWith('Failed to load resource')) return
    if (['error', 'warning'].includes(message.type())) report(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => report(`script: ${error.error().message}`))
}
