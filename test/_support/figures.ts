import { appendFileSync } from 'node:fs'
import { inject } from 'vitest'

/** What a suite counted, by its name: `{ kills: 10, requests: 4812, lost: 0 }`. */
export type Figures = Readonly<Record<string, number>>

/**
 * Has figures of a chaos test printed when the whole run is over, whichever reporter there is. Add
 * them before what is expected of them, so that a failed test's are printed too.
 *
 * @param title What was done to the service, and on which engine where it matters. Titles of one
 * run are printed in alphabetical order.
 */
export function addFigures(title: string, figures: Figures): void {
  appendFileSync(inject('figuresFile'), `${JSON.stringify({ title, figures })}\n`)
}
