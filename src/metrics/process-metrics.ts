import type { Registry } from 'prom-client'

let loading: Promise<Registry> | undefined

/**
 * prom-client's own metrics of the process, `nodejs_eventloop_lag_*` among them. There is one process,
 * however many servers are in it: its collectors are started once, and never stop. None of them keeps
 * the process alive.
 *
 * Loading prom-client would take a good part of a cold start, so that is put off.
 */
export async function loadProcessMetrics(): Promise<Registry> {
  loading ??= load()
  return await loading
}

async function load(): Promise<Registry> {
  const { collectDefaultMetrics, Registry } = await import('prom-client')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}
