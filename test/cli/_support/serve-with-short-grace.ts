/** `daemun serve` that waits for requests in flight no longer than a test does. */
import { serve } from '../../../src/cli/serve.ts'

await serve({ graceMs: 300 })
