import type { CDPSession, Page } from 'playwright-core'

export interface HangulCount {
  /** Syllables that the page's texts hold. */
  readonly written: number
  /** Glyphs of those texts drawn by the page's own fonts. Where there are boxes, others drew. */
  readonly drawn: number
}

/** Counts the Hangul of the page on the screen, once its fonts have come. */
export async function countHangul(page: Page): Promise<HangulCount> {
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  const tools = await page.context().newCDPSession(page)
  await tools.send('DOM.enable')
  await tools.send('CSS.enable')
  const { root } = await tools.send('DOM.getDocument', { depth: -1 })

  const texts = findTexts(root).filter(({ nodeValue }) => countSyllables(nodeValue) > 0)
  const drawn = await Promise.all(texts.map(({ nodeId }) => countOwnGlyphs(tools, nodeId)))
  await tools.detach()
  return {
    written: sum(texts.map(({ nodeValue }) => countSyllables(nodeValue))),
    drawn: sum(drawn),
  }
}

interface DomNode {
  readonly nodeId: number
  readonly nodeName: string
  readonly nodeValue: string
  readonly children?: readonly DomNode[]
}

function findTexts(node: DomNode): DomNode[] {
  if (node.nodeName === 'HEAD') return []
  return node.nodeName === '#text' ? [node] : (node.children ?? []).flatMap(findTexts)
}

function countSyllables(text: string): number {
  return text.match(/[가-힣]/g)?.length ?? 0
}

/** @see [DevTools protocol](https://chromedevtools.github.io/devtools-protocol/tot/CSS/#method-getPlatformFontsForNode) */
async function countOwnGlyphs(tools: CDPSession, nodeId: number): Promise<number> {
  const { fonts } = await tools.send('CSS.getPlatformFontsForNode', { nodeId })
  return sum(fonts.filter((font) => font.isCustomFont).map(({ glyphCount }) => glyphCount))
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
