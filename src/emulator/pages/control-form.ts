import { html } from 'hono/html'
import { stringifyWithLongs } from '../json.ts'
import type { Html } from './page-response.ts'

/** Fields of a control form that are about the form itself. */
export const FORM_BACK = '_back'
export const FORM_METHOD = '_method'
/** Whether the answer is shown. */
export const FORM_SHOW = '_show'
/** The whole body, as JSON written by hand. */
export const FORM_JSON = '_json'

export interface ControlFormProps {
  readonly action: string
  /** The page to go to afterwards. */
  readonly back: string
  readonly method?: 'PATCH' | 'DELETE'
  readonly shows?: boolean
}

/** Settings as a whole, to be written by hand. */
export interface JsonFormProps extends ControlFormProps {
  readonly label: string
  readonly value: unknown
  readonly save: string
}

/** A form that does what a JSON call to the control surface does. */
export function controlForm({ action, back, method, shows }: ControlFormProps, fields: Html): Html {
  return html`<form method="post" action="${action}">
<input type="hidden" name="${FORM_BACK}" value="${back}">
${method === undefined ? '' : html`<input type="hidden" name="${FORM_METHOD}" value="${method}">`}
${shows === true ? html`<input type="hidden" name="${FORM_SHOW}" value="true">` : ''}
${fields}
</form>`
}

/** A line to write in. */
export function textField(label: string, name: string, value: unknown = '', type = 'text'): Html {
  return html`<label class="field">${label}<input name="${name}" value="${value ?? ''}" type="${type}" autocomplete="off"></label>
`
}

/** A choice of values. */
export function selectField(
  label: string,
  name: string,
  values: readonly string[],
  chosen?: string,
): Html {
  return html`<label class="field">${label}<select name="${name}">
${values.map((value) => html`<option value="${value}"${value === chosen ? ' selected' : ''}>${value === '' ? '–' : value}</option>`)}
</select></label>
`
}

/** Yes or no; a box not ticked is sent too. */
export function flagField(label: string, name: string, isOn: boolean): Html {
  return html`<input type="hidden" name="${name}:flag" value="false">
<label class="choice"><input type="checkbox" name="${name}:flag" value="true"${isOn ? ' checked' : ''}> ${label}</label>
`
}

export function submitButton(label: string, kind: 'primary' | 'quiet' = 'primary'): Html {
  return html`<button class="${kind}">${label}</button>`
}

/** A form of one field, which holds all of something as JSON. */
export function jsonForm({ label, value, save, ...form }: JsonFormProps): Html {
  const text = stringifyWithLongs(value, 2)
  return controlForm(
    form,
    html`<textarea name="${FORM_JSON}" rows="24" spellcheck="false" aria-label="${label}">${text}</textarea>
${submitButton(save)}`,
  )
}
