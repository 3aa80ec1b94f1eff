import { FONT_PATHS } from './fonts.ts'

/** Korean fonts of Apple, Windows, Linux and Android: whoever has one downloads nothing. */
const INSTALLED = {
  regular: [
    'AppleSDGothicNeo-Regular',
    'Malgun Gothic',
    'MalgunGothic',
    'Noto Sans KR',
    'NotoSansKR-Regular',
    'Noto Sans CJK KR',
    'NotoSansCJKkr-Regular',
    'NanumGothic',
  ],
  semibold: [
    'AppleSDGothicNeo-SemiBold',
    'Malgun Gothic Bold',
    'MalgunGothicBold',
    'Noto Sans KR SemiBold',
    'NotoSansKR-SemiBold',
    'Noto Sans CJK KR Bold',
    'NotoSansCJKkr-Bold',
    'NanumGothicBold',
  ],
} as const satisfies Record<keyof typeof FONT_PATHS, readonly string[]>

/**
 * The rules for 'Daemun Korean', which draws Hangul and nothing else.
 *
 * It must stand first in `font-family`. Chromium leaves empty boxes where a web font further down
 * arrives after text of which the first font had no glyph at all.
 */
export const FONT_FACES: string = fontFace('regular', 400) + fontFace('semibold', 600)

function fontFace(name: keyof typeof FONT_PATHS, weight: number): string {
  const installed = INSTALLED[name].map((font) => `local('${font}')`).join(', ')
  return `
@font-face {
  font-family: 'Daemun Korean';
  src: ${installed}, url('${FONT_PATHS[name]}') format('woff2');
  font-weight: ${weight};
  font-display: swap;
  unicode-range: U+1100-11FF, U+3130-318F, U+A960-A97F, U+AC00-D7FF;
}`
}
