/** The `Range` header of one byte range (RFC 9110 §14); several ranges are answered with the whole file, as it allows. */

/** Both ends inclusive, as in Content-Range. */
export type ByteRange = { firstByte: number; lastByte: number }

/** Null when there is no range to honour; `unsatisfiable` when none of its bytes exist. */
export function parseByteRange(header: string | undefined, sizeBytes: number): ByteRange | null | 'unsatisfiable' {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/i.exec(header ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return null
  if (from === '') return lastBytes(Number(to), sizeBytes)
  const firstByte = Number(from)
  const lastByte = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1)
  if (to !== '' && Number(to) < firstByte) return null
  return firstByte < sizeBytes ? { firstByte, lastByte } : 'unsatisfiable'
}

function lastBytes(count: number, sizeBytes: number): ByteRange | 'unsatisfiable' {
  if (count === 0 || sizeBytes === 0) return 'unsatisfiable'
  return { firstByte: Math.max(0, sizeBytes - count), lastByte: sizeBytes - 1 }
}
