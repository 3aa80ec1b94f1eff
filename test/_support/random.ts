/** Bytes that are never the same twice, and the same in each run. */
export function countingBytes(): (size: number) => Uint8Array {
  let count = 0
  return (size) => {
    count += 1
    const bytes = new Uint8Array(size)
    new DataView(bytes.buffer).setUint32(0, count)
    return bytes
  }
}
