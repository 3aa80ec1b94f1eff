const INSTANT_BYTES = 6

/**
 * How values lie in SQLite's files that stand side by side in a row. It tells a row from others that
 * hold one of its values too.
 *
 * @see [SQLite: record format](https://www.sqlite.org/fileformat2.html#record_format)
 */
export function toRecordBytes(values: readonly (string | Date)[]): Buffer {
  return Buffer.concat(values.map(toBytes))
}

function toBytes(value: string | Date): Buffer {
  if (typeof value === 'string') return Buffer.from(value)
  // Between 2^31 and 2^47, from 1970 to 6429, an integer takes six bytes.
  const bytes = Buffer.alloc(INSTANT_BYTES)
  bytes.writeUIntBE(value.getTime(), 0, INSTANT_BYTES)
  return bytes
}
