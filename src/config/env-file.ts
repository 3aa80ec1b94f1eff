/** What a `.env` file says. */
export interface EnvFile {
  /** An empty value is as good as none. Of several the last counts. */
  readonly values: ReadonlyMap<string, string>
  /** What is wrong with how a variable is written, by its name: never a value. */
  readonly faults: ReadonlyMap<string, string>
}

interface Assignment {
  readonly name: string
  readonly value: string
  /** How many lines it takes. */
  readonly lines: number
  readonly fault?: string
}

const LINE_BREAK = /\r\n|\n|\r/
const IGNORED = /^\s*(#.*)?$/
/** A bare name means that the environment holds the value. */
const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*(?:=\s*(.*))?$/
const FIRST_WORD = /^\W*([A-Za-z_]\w*)/
const QUOTE = /^["'`]/
const COMMENT = /\s+#.*$/

/**
 * Reads a `.env` file: `NAME=value`, with or without `export`, with or without quotes (which may
 * span lines), with comments. Where programs read such files differently (a `#` inside a value, say),
 * it takes no side but finds fault.
 */
export function parseEnvFile(text: string): EnvFile {
  const lines = text.split(LINE_BREAK)
  const values = new Map<string, string>()
  const faults = new Map<string, string>()

  let at = 0
  while (at < lines.length) {
    const found = readAssignment(lines.slice(at), at + 1)
    at += found?.lines ?? 1
    if (found === undefined || (found.value === '' && found.fault === undefined)) continue

    const { name, value, fault } = found
    const earlier = values.get(name)
    values.set(name, value)
    if (fault !== undefined) faults.set(name, fault)
    else if (earlier !== undefined && earlier !== value) {
      faults.set(name, `has two values in .env: keep one (line ${at})`)
    }
  }
  return { values, faults }
}

/** Reads what begins at the first of these lines. */
function readAssignment(lines: readonly string[], number: number): Assignment | undefined {
  const [line = ''] = lines
  if (IGNORED.test(line)) return undefined
  const [, name, text] = ASSIGNMENT.exec(line) ?? []
  if (name === undefined) return readStray(line, number)
  if (text === undefined) return undefined
  return QUOTE.test(text)
    ? readQuoted(name, [text, ...lines.slice(1)], number)
    : readUnquoted(name, text, number)
}

/** The variable that a line seems to mean is blamed; where that is none of ours, nobody hears of it. */
function readStray(line: string, number: number): Assignment | undefined {
  const name = FIRST_WORD.exec(line)?.[1]
  const fault = `is not written as NAME=value in .env (line ${number})`
  return name === undefined ? undefined : { name, value: line, lines: 1, fault }
}

function readUnquoted(name: string, text: string, number: number): Assignment {
  const value = text.replace(COMMENT, '').trim()
  if (!value.includes('#')) return { name, value, lines: 1 }
  const fault = `has a # in .env: put the value into quotes, or a space before (line ${number})`
  return { name, value, lines: 1, fault }
}

function readQuoted(name: string, [first = '', ...more]: readonly string[], number: number) {
  const quote = first.charAt(0)
  const inside = [first.slice(1), ...more]
  const last = inside.findIndex((line) => line.includes(quote))
  const end = inside[last]?.indexOf(quote) ?? 0
  // Begun again at the next line, so that the rest of the file is read.
  const broken = (fault: string) => ({ name, value: first, lines: 1, fault })

  if (last === -1) return broken(`has a quote in .env that nothing closes (line ${number})`)
  if (!IGNORED.test(inside[last]?.slice(end + 1) ?? '')) {
    return broken(`has more after its closing quote in .env (line ${number})`)
  }
  const value = [...inside.slice(0, last), inside[last]?.slice(0, end)].join('\n')
  const unescaped = quote === '"' ? value.replaceAll('\\n', '\n') : value
  return { name, value: unescaped, lines: last + 1 }
}
