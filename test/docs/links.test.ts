import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findAll, PAGES, readDocument, toPath } from './_support/documents.ts'

const DOCUMENTS = [...PAGES.flat(), 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/design.md']

/** Where a heading can be jumped to: in lower case, blanks as hyphens, punctuation dropped. */
function toAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}

describe.each(DOCUMENTS)('%s', (name) => {
  const text = readDocument(name)
  const links = findAll(text, /\]\(([^)\s]+)\)/g).filter((link) => !/^https?:/.test(link))

  test('links to files that exist', () => {
    const files = links.flatMap((link) => link.split('#')[0] || [])
    const missing = files.filter((file) => !existsSync(toPath(join(dirname(name), file))))
    expect(missing).toEqual([])
  })

  test('links to headings of its own that exist', () => {
    const headings = findAll(text, /^#{2,} (.+)$/gm).map((heading) => `#${toAnchor(heading)}`)
    const anchors = links.filter((link) => link.startsWith('#'))
    expect(headings).toEqual(expect.arrayContaining(anchors))
  })
})

test.each(PAGES)('%s and %s link to each other at the top', (korean, english) => {
  expect(readDocument(korean).split('\n', 3)[2]).toContain(`](${basename(english)})`)
  expect(readDocument(english).split('\n', 3)[2]).toContain(`](${basename(korean)})`)
})
