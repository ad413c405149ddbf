/** Whole lines of a log's bytes: each that ends in a newline, without it. What follows the last newline is torn. */
const NEWLINE = 0x0a

export type LogLine = { line: Uint8Array; startByte: number; endByte: number }

/** `endByte` is behind the newline; both are offsets in the file that `bytes` begins at `baseByte` of. */
export function* wholeLines(bytes: Uint8Array, baseByte = 0): Generator<LogLine> {
  let start = 0
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    yield { line: bytes.subarray(start, end), startByte: baseByte + start, endByte: baseByte + end + 1 }
    start = end + 1
  }
}
