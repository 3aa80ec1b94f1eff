import { NOT_LISTED } from './coverage-left-out.ts'
import type { CoveragePart, CoverageRow } from './coverage-rows.ts'

const INTRODUCTION = `# What of Kakao Login is covered

Made by \`npm run coverage\` from the code of both sides; a test fails when it is out of date.
The rows are what Kakao's documentation of Kakao Login tells, as far as it is known.

Every row that names a test file has a test there whose title ends in the words of the row. In these
tests the client talks to the emulator, and:

- an endpoint is covered when the client called it and the emulator answered;
- a parameter is covered when the client sent it, and another value in its place changed what the
  emulator did;
- a field is covered when it came back from the emulator in an answer to the client, in the address of a
  redirect, or in a webhook;
- a code is covered when the emulator answered it and the client told it. "By itself" means that
  what the code stands for was done; "as a fault", that the emulator was told to answer so;
- an event is covered when the emulator sent it, signed, and the client read it.

How each of them behaves in detail is tested in \`test/emulator/\` and \`test/kakao/\`.
`

/** The whole page in Markdown. */
export function toCoveragePage(parts: readonly CoveragePart[]): string {
  return [INTRODUCTION, toSummary(parts), ...parts.map(toPart), toNotListed()].join('\n')
}

function toSummary(parts: readonly CoveragePart[]): string {
  const rows = parts.flatMap((part) => part.rows)
  const tested = rows.filter(({ testFile }) => testFile !== undefined)
  return `${rows.length} rows, ${tested.length} of them tested; ${rows.length - tested.length} left out of the emulator, each with its reason.\n`
}

function toPart({ title, rows }: CoveragePart): string {
  return `## ${title}

| Row | Client | Emulator | Test |
|---|---|---|---|
${rows.map(toLine).join('\n')}
`
}

function toLine({ label, client, emulator, testFile }: CoverageRow): string {
  const test = testFile === undefined ? '–' : `[${toShortName(testFile)}](../${testFile})`
  return `| \`${label}\` | ${client} | ${emulator} | ${test} |`
}

function toShortName(testFile: string): string {
  return testFile.replace(/^.*\//, '').replace(/\.test\.ts$/, '')
}

function toNotListed(): string {
  const lines = NOT_LISTED.map(([subject, reason]) => `| ${subject} | ${reason} |`)
  return `## In no table

| What | Why not |
|---|---|
${lines.join('\n')}
`
}
