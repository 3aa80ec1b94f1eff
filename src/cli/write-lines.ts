import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Writes one JSON object a line to stdout, as fast as they are read there. Whoever reads may have
 * seen enough.
 */
export async function writeLines(objects: AsyncIterable<object>): Promise<void> {
  try {
    await pipeline(Readable.from(toText(objects)), process.stdout, { end: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  }
}

async function* toText(objects: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const one of objects) yield `${JSON.stringify(one)}\n`
}
