/** Asks a process that was started with `--inspect` what is left in its heap after a collection. */

/** @param port Of its inspector. @returns MB. */
export async function readHeapMb(port: number): Promise<number> {
  const list = await fetch(`http://127.0.0.1:${port}/json/list`)
  const [target] = (await list.json()) as { webSocketDebuggerUrl: string }[]
  if (target === undefined) throw new Error('nothing to inspect')
  const inspector = new WebSocket(target.webSocketDebuggerUrl)
  await new Promise((resolve, reject) => {
    inspector.addEventListener('open', resolve)
    inspector.addEventListener('error', () => reject(new Error('the inspector did not answer')))
  })
  try {
    await call(inspector, 'HeapProfiler.collectGarbage')
    const { usedSize } = (await call(inspector, 'Runtime.getHeapUsage')) as { usedSize: number }
    return usedSize / 1024 / 1024
  } finally {
    inspector.close()
  }
}

async function call(inspector: WebSocket, method: string): Promise<unknown> {
  const answer = new Promise<string>((resolve) => {
    inspector.addEventListener('message', ({ data }) => resolve(String(data)), { once: true })
  })
  inspector.send(JSON.stringify({ id: 1, method }))
  return (JSON.parse(await answer) as { result: unknown }).result
}
