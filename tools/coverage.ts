import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { toCoveragePage } from './coverage-page.ts'
import { listCoverage } from './coverage-rows.ts'

// Writes down what of Kakao Login both sides cover.
const page = resolve(import.meta.dirname, '../docs/kakao-coverage.md')
await writeFile(page, toCoveragePage(listCoverage()))
process.stdout.write('docs/kakao-coverage.md is up to date\n')
