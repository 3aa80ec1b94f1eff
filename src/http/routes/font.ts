import { ProblemError } from '../../errors.ts'
import { FONT_PATHS, type FontName, readFont } from '../../pages/index.ts'
import type { Route } from '../route.ts'

/** `GET /assets/…`: the Korean font for browsers that have none of their own. */
export function fontRoute(name: FontName): Route {
  return {
    method: 'get',
    path: FONT_PATHS[name],
    async handle(context) {
      const font = await readFont(name)
      if (font === undefined) throw new ProblemError('not_found')
      return context.body(font, 200, {
        'content-type': 'font/woff2',
        'cache-control': 'public, max-age=2592000',
      })
    },
  }
}
