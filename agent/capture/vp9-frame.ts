/** What the uncompressed header of a VP9 frame says (VP9 bitstream specification v0.6, §6.2). */

const FRAME_MARKER = 2

/** A key frame can be decoded without any frame before it. */
export function isVp9KeyFrame(frame: Uint8Array): boolean {
  const first = frame[0]
  if (first === undefined || first >> 6 !== FRAME_MARKER) return false
  const bit = (index: number): number => (first >> (7 - index)) & 1
  const profile = bit(2) | (bit(3) << 1)
  const next = profile === 3 ? 5 : 4
  const showsExistingFrame = bit(next) === 1
  const isInterFrame = bit(next + 1) === 1
  return !showsExistingFrame && !isInterFrame
}
