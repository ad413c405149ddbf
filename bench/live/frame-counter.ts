/** Counts the frames of a web socket as its bytes pass, in whatever pieces, from its handshake on (RFC 6455, 5.2). */

const HANDSHAKE_END = '\r\n\r\n'
const MASK_BYTES = 4
/** Bytes in which the length stands, by the mark in the second byte. */
const LENGTH_BYTES: Readonly<Record<number, number>> = { 126: 2, 127: 8 }

/** The returned function answers how many frames have begun so far. */
export function makeFrameCounter(): (bytes: Buffer) => number {
  let held = Buffer.alloc(0)
  let payloadLeft = 0
  let isShakingHands = true
  let frames = 0
  return (bytes) => {
    held = Buffer.concat([held, bytes])
    if (isShakingHands) {
      const end = held.indexOf(HANDSHAKE_END)
      if (end === -1) return frames
      isShakingHands = false
      held = held.subarray(end + HANDSHAKE_END.length)
    }
    for (;;) {
      const skipped = Math.min(payloadLeft, held.length)
      payloadLeft -= skipped
      held = held.subarray(skipped)
      if (held.length < 2 || held.length < headerBytes(held)) return frames
      payloadLeft = payloadBytes(held)
      held = held.subarray(headerBytes(held))
      frames += 1
    }
  }
}

const lengthMark = (frame: Buffer): number => frame[1]! & 0x7f
const isMasked = (frame: Buffer): boolean => (frame[1]! & 0x80) !== 0
const headerBytes = (frame: Buffer): number => 2 + (LENGTH_BYTES[lengthMark(frame)] ?? 0) + (isMasked(frame) ? MASK_BYTES : 0)

function payloadBytes(frame: Buffer): number {
  const mark = lengthMark(frame)
  if (mark === 126) return frame.readUInt16BE(2)
  return mark === 127 ? Number(frame.readBigUInt64BE(2)) : mark
}
