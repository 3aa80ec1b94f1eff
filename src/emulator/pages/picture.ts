import type { Person } from '../state/people.ts'

const COLOURS = [
  '#f7c9c4',
  '#f9dcb8',
  '#f4e8a8',
  '#d9e8c4',
  '#c3e3dc',
  '#c6d9f1',
  '#dccdf0',
] as const

/** Draws a person, head and shoulders, on a colour of their own. SVG without any text to be set. */
export function picture({ id }: Person): string {
  const colour = COLOURS[Number(BigInt(id) % BigInt(COLOURS.length))]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640" viewBox="0 0 64 64">
<rect width="64" height="64" fill="${colour}"/>
<g fill="#fff" fill-opacity=".85"><circle cx="32" cy="25" r="11"/><path d="M10 64a22 22 0 0 1 44 0z"/></g>
</svg>
`
}
