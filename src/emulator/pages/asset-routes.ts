import { Hono } from 'hono'
import type { Person } from '../state/people.ts'
import { PICTURES } from '../user/pictures.ts'
import type { RouteEnv, World } from '../world.ts'
import { STYLE_SHEET } from './layout.ts'
import { picture } from './picture.ts'
import { PAGE_CSS } from './style-sheet.ts'

/** Finds the bytes of a font in WOFF2; `undefined` where there is none. */
export type FindFont = (name: 'regular' | 'semibold') => Promise<Uint8Array | undefined>

/** The way in, what pages load, and the pictures of people: open to every peer and not in the journal. */
export function assetRoutes(world: World, findFont: FindFont): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get('/', (c) => c.redirect('/_emulator/'))
    .get(STYLE_SHEET, () => asset(PAGE_CSS, 'text/css;charset=UTF-8'))
    .get('/_emulator/fonts/:file', async (c) => {
      const name = c.req.param('file').replace(/\.woff2$/, '')
      const bytes = name === 'regular' || name === 'semibold' ? await findFont(name) : undefined
      return bytes === undefined ? c.notFound() : asset(new Uint8Array(bytes), 'font/woff2')
    })
    .get(`${PICTURES}/:file`, (c) => {
      const person = findPictured(world, c.req.param('file'))
      return person === undefined ? c.notFound() : asset(picture(person), 'image/svg+xml')
    })
}

/** Whose picture a file such as `1000000001-110.svg` is. */
function findPictured({ state }: World, file: string): Person | undefined {
  const [, id = ''] = /^(\d+)-\d+\.svg$/.exec(file) ?? []
  return state.people.get(id)
}

function asset(body: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'cache-control': 'public, max-age=3600',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
    },
  })
}
