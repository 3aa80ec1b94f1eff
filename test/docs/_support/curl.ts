import { parseArgs } from 'node:util'

const OPTIONS = {
  silent: { type: 'boolean', short: 's' },
  output: { type: 'string', short: 'o' },
  'write-out': { type: 'string', short: 'w' },
  request: { type: 'string', short: 'X' },
  header: { type: 'string', short: 'H', multiple: true },
  data: { type: 'string', short: 'd', multiple: true },
  'data-binary': { type: 'string' },
} as const

/** A `curl` command of a document, as the request that it makes. */
export function toRequest(command: string, variables: Readonly<Record<string, string>>): Request {
  const [, ...args] = splitWords(command).map((word) => substitute(word, variables))
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
  const body = values['data-binary'] ?? values.data?.join('&')
  const headers = new Headers(values.header?.map(splitHeader))
  if (body !== undefined) headers.set('content-type', 'application/x-www-form-urlencoded')
  return new Request(`http://${positionals[0]}`, {
    method: values.request ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body !== undefined && { body }),
  })
}

/** Takes a command line apart as a shell does, without its finer points. */
function splitWords(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]\S*)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  )
}

function substitute(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$([A-Z_]+)/g, (_all, name: string) => variables[name] ?? '')
}

function splitHeader(header: string): [name: string, value: string] {
  const [name = '', value = ''] = header.split(': ')
  return [name, value]
}
