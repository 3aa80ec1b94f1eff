/** The style of all pages: quiet, one column, yellow for the one thing to do. */
export const PAGE_CSS = `@font-face { font-family: Pretendard; font-weight: 400; font-display: block; src: url(/_emulator/fonts/regular.woff2) format("woff2") }
@font-face { font-family: Pretendard; font-weight: 600; font-display: block; src: url(/_emulator/fonts/semibold.woff2) format("woff2") }
:root {
  color-scheme: light dark;
  --ground: #fff;
  --ink: #191919;
  --quiet: #5c5c5c;
  --line: #e2e2e2;
  --edge: #858585;
  --wash: #f6f6f6;
  --key: #efefef;
  --hover: #fffbe0;
  --yellow: #fee500;
  --on-yellow: #191919;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #17181a;
    --ink: #ededed;
    --quiet: #ababab;
    --line: #36383c;
    --edge: #85888e;
    --wash: #222428;
    --key: #2e3136;
    --hover: #2d2a12;
  }
}
* { box-sizing: border-box }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 400 16px/1.5 Pretendard, system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", sans-serif;
  word-break: keep-all;
  overflow-wrap: anywhere;
}
.notice { padding: 10px 16px; background: #000; color: #fff; font-size: 13px; text-align: center }
main { max-width: 440px; margin: 0 auto; padding: 48px 20px 64px }
main.wide { max-width: 760px }
h1 { margin: 0 0 8px; font-size: 26px; font-weight: 600; line-height: 1.3 }
h2 { margin: 0 0 8px; font-size: 15px; font-weight: 600 }
strong { font-weight: 600 }
em { font-style: normal; color: var(--quiet) }
small { color: var(--quiet); font-size: 13px }
a { color: inherit; text-underline-offset: 3px }
.lead { margin: 0 0 28px; color: var(--quiet) }
.people { list-style: none; margin: 0 0 16px; padding: 0; border: 1px solid var(--line); border-radius: 12px; overflow: hidden }
.people li + li { border-top: 1px solid var(--line) }
.person { display: flex; align-items: center; gap: 14px; width: 100%; padding: 14px 16px; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer }
.person:hover { background: var(--hover) }
.person img { flex: none; border-radius: 16px }
.who { display: flex; flex-direction: column; min-width: 0 }
.badge { flex: none; margin-left: auto; padding: 2px 8px; border-radius: 999px; background: var(--yellow); color: var(--on-yellow); font-size: 12px }
.account { margin: 0 0 20px; padding: 14px 16px; border-radius: 12px; background: var(--wash) }
.items { margin: 0 0 28px; padding: 8px 0 0; border: 0; border-top: 1px solid var(--line) }
.items legend { padding: 0 8px 0 0; font-size: 14px; color: var(--quiet) }
.part { margin: 0 0 36px }
.part + .part { padding-top: 24px; border-top: 1px solid var(--line) }
form + .part { margin-top: 36px }
h1 + .table, h1 + .answer { margin-top: 20px }
.choice + .primary { margin-top: 12px }
.table { overflow-x: auto }
.table td, .table th { overflow-wrap: normal }
.table small { overflow-wrap: anywhere }
.card { margin: 0 0 20px; padding: 16px; border: 1px solid var(--line); border-radius: 12px }
.card p { margin: 0 0 6px }
.rows { list-style: none; margin: 0 0 16px; padding: 0 }
.rows li { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 8px 0; border-bottom: 1px solid var(--line) }
details { margin: 0 0 12px }
summary { padding: 8px 0; font-weight: 600; cursor: pointer }
textarea { display: block; width: 100%; margin: 0 0 16px; padding: 12px; border: 1px solid var(--edge); border-radius: 8px; background: none; color: inherit; font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, Pretendard, monospace }
.choice { display: flex; align-items: center; gap: 10px; padding: 10px 0; cursor: pointer }
.choice input { flex: none; width: 20px; height: 20px; margin: 0; accent-color: var(--ink) }
.field { display: block; margin: 0 0 20px; font-size: 14px; color: var(--quiet) }
.field input, .field select { display: block; width: 100%; margin-top: 6px; padding: 12px 0; border: 0; border-bottom: 1px solid var(--edge); border-radius: 0; background: var(--ground); color: var(--ink); font: inherit; font-size: 16px }
.actions { display: grid; gap: 10px }
.primary, .quiet { width: 100%; min-height: 52px; border: 0; border-radius: 8px; font: inherit; font-weight: 600; cursor: pointer }
.primary { background: var(--yellow); color: var(--on-yellow) }
.primary:hover { background: #f5dc00 }
.quiet { background: var(--key); color: var(--ink); font-weight: 400 }
.small { flex: none; padding: 6px 12px; border: 0; border-radius: 6px; background: var(--key); color: var(--ink); font: inherit; font-size: 14px; cursor: pointer }
.link { padding: 0; border: 0; background: none; color: inherit; font: inherit; text-decoration: underline; text-underline-offset: 3px; cursor: pointer }
.aside { margin: 28px 0 0; font-size: 14px; text-align: center }
.problem, .answer { padding: 16px; border-radius: 12px; background: var(--wash) }
ul.problem { margin: 20px 0 0; padding-left: 32px }
.answer { white-space: pre-wrap }
.problem p { margin: 0 0 8px }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, Pretendard, monospace; font-size: 14px }
table { width: 100%; margin: 0 0 28px; border-collapse: collapse; font-size: 13px }
th, td { padding: 8px 6px 8px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
th { font-weight: 600 }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
`
