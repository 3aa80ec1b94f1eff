import { FONT_FACES } from './font-faces.ts'

/** The pages' only style sheet. The content security policy names its hash. */
export const STYLE: string = `${FONT_FACES}
:root {
  color-scheme: light dark;
  --ground: #f4efe5;
  --glow: #fffaf0;
  --card: #fffdf9;
  --ink: #221f1a;
  --quiet: #625b4f;
  --line: #e4dccd;
  --edge: #8b8272;
  --pine: #1d6150;
  --pine-wash: #e3f0ea;
  --amber-wash: #fbf0d3;
  --tile: #454d55;
  --tile-line: #6b747c;
  --wood: #84452f;
  --door: #a5603d;
  --iron: #3a2a20;
  --stone: #cfc5b3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a;
    --glow: #22282c;
    --card: #1d2225;
    --ink: #eee9de;
    --quiet: #aca697;
    --line: #353c40;
    --edge: #7b827f;
    --pine: #93cfba;
    --pine-wash: #20382f;
    --amber-wash: #3a3119;
    --tile: #5d6770;
    --tile-line: #7c868f;
    --wood: #74402d;
    --door: #8c5236;
    --iron: #2a1d16;
    --stone: #454b4e;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100vh;
  min-height: 100svh;
  display: grid;
  place-items: center;
  padding: clamp(1.5rem, 6vh, 4rem) 1rem;
  background: var(--ground) radial-gradient(60rem 34rem at 50% 22%, var(--glow), transparent) no-repeat;
  color: var(--ink);
  font-family: 'Daemun Korean', system-ui, -apple-system, sans-serif;
  line-height: 1.65;
  word-break: keep-all;
  overflow-wrap: anywhere;
}
.page { width: min(100%, 27rem); }
.gate { display: block; width: min(62%, 15rem); margin: 0 auto; overflow: visible; }
.gate-passage { fill: var(--iron); }
.gate-light { fill: #ffd98a; }
.gate-wood { fill: var(--wood); }
.gate-door { fill: var(--door); }
.gate-iron { fill: none; stroke: var(--iron); stroke-width: 2; }
.gate-ring { fill: none; stroke: #e0b458; stroke-width: 1.8; }
.gate-roof { fill: var(--tile); }
.gate-tiles { fill: none; stroke: var(--tile-line); stroke-width: 2; stroke-linecap: round; }
.gate-rafters { fill: none; stroke: #2f7d68; stroke-width: 6; stroke-linecap: round; stroke-dasharray: 0 10.06; }
.gate-stone { fill: var(--stone); }
.card {
  display: grid;
  gap: 1.25rem;
  padding: clamp(1.75rem, 7vw, 2.5rem) clamp(1.25rem, 6vw, 2.25rem);
  border: 1px solid var(--line);
  border-radius: 20px;
  background: var(--card);
  box-shadow: 0 1.25rem 3rem -1.5rem rgb(60 45 20 / .22);
  text-align: center;
}
h1 { font-size: clamp(1.5rem, 6vw, 1.875rem); font-weight: 600; line-height: 1.35; letter-spacing: -.01em; text-wrap: balance; }
.lead { margin-top: -.625rem; color: var(--quiet); text-wrap: pretty; }
.small { color: var(--quiet); font-size: .875rem; text-wrap: balance; }
.notice { padding: .75rem 1rem; border-radius: 12px; background: var(--amber-wash); text-wrap: pretty; }
.kakao-button, .button {
  display: flex;
  align-items: center;
  justify-content: center;
  width: 100%;
  min-height: 3.25rem;
  padding: .5rem 1rem;
  border-radius: 12px;
  font: inherit;
  font-weight: 600;
  line-height: 1.4;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
.kakao-button { gap: .625rem; background: #FEE500; color: rgba(0,0,0,.85); forced-color-adjust: none; }
.kakao-symbol { flex: none; width: 1.25rem; height: auto; }
.button { border: 1px solid var(--edge); background: transparent; color: inherit; }
.button:hover { background: var(--ground); }
a { color: var(--pine); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--pine); outline-offset: 3px; }
.facts { border-block: 1px solid var(--line); text-align: start; }
.facts > div { padding: .75rem 0; }
.facts > div + div { border-top: 1px solid var(--line); }
.facts dt { font-size: .875rem; }
dt, .quiet { color: var(--quiet); }
.items { padding: .75rem 1rem; border-radius: 12px; background: var(--amber-wash); list-style: none; }
.points { padding-inline-start: 1.25rem; text-align: start; }
.points li + li { margin-top: .375rem; }
.withdrawal { font-size: .875rem; }
.withdrawal summary { color: var(--quiet); text-decoration: underline; text-underline-offset: .2em; cursor: pointer; }
.withdrawal[open] > * + * { margin-top: .75rem; }
.badge { display: inline-block; padding: 0 .625rem; border-radius: 999px; background: var(--amber-wash); font-size: .8125rem; line-height: 1.75; }
.badge-good { background: var(--pine-wash); color: var(--pine); }
.hint, .support { margin-top: 1.5rem; color: var(--quiet); font-size: .8125rem; text-align: center; text-wrap: balance; }
.hint a { display: block; width: fit-content; margin: 0 auto; }
.support > div { display: flex; flex-wrap: wrap; justify-content: center; gap: 0 .5rem; }
`
