import { html } from 'hono/html'
import type { Html } from './layout.ts'

/** The gate of a Korean house, for the eye alone: closed to a guest, open to a member. */
export function gate(doors: 'open' | 'closed'): Html {
  return html`
    <svg class="gate" viewBox="0 0 200 134" aria-hidden="true" focusable="false">
      <path class="gate-passage" d="M52 66H148V126H52Z"/>
      ${doors === 'open' ? openDoors() : closedDoors()}
      <path class="gate-wood" d="M38 60H52V126H38ZM148 60H162V126H148ZM32 57H168V68H32Z"/>
      <path class="gate-rafters" d="M25 54.5H176"/>
      <path class="gate-roof" d="M4 41C26 39 42 30 50 16H150C158 30 174 39 196 41L190 51C160 49 40 49 10 51Z"/>
      <path class="gate-tiles" d="M100 19V48M84 19L80 48M116 19L120 48M68 19L58 47M132 19L142 47M55 22L36 46M145 22L164 46"/>
      <path class="gate-roof" d="M44 8Q100 16 156 8L154 17Q100 23 46 17Z"/>
      <path class="gate-stone" d="M28 126H172V134H28Z"/>
    </svg>`
}

function closedDoors(): Html {
  return html`
    <path class="gate-door" d="M53 69H99.2V126H53ZM100.8 69H147V126H100.8Z"/>
    <path class="gate-iron" d="M53 79H99M101 79H147M53 115H99M101 115H147"/>
    <circle class="gate-ring" cx="93" cy="98" r="3.5"/>
    <circle class="gate-ring" cx="107" cy="98" r="3.5"/>`
}

function openDoors(): Html {
  return html`
    <path class="gate-light" d="M53 69H147V126H53Z"/>
    <path class="gate-door" d="M53 69L70 73V121L53 126ZM147 69L130 73V121L147 126Z"/>
    <path class="gate-iron" d="M53 79L70 81.5M147 79L130 81.5M53 115L70 112M147 115L130 112"/>`
}
