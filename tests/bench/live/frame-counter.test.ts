/** Frames of a web socket, whole and in pieces. */
import { describe, expect, it } from 'vitest'
import { makeFrameCounter } from '../../../bench/live/frame-counter'

const HANDSHAKE = Buffer.from('GET /socket.io/ HTTP/1.1\r\nUpgrade: websocket\r\n\r\n')

/** As a client sends it. */
function frame(bytes: number): Buffer {
  const length = bytes < 126 ? Buffer.of(0x80 | bytes) : bytes < 65_536 ? Buffer.of(0xfe, bytes >> 8, bytes & 0xff) : Buffer.concat([Buffer.of(0xff), Buffer.from(BigInt(bytes).toString(16).padStart(16, '0'), 'hex')])
  return Buffer.concat([Buffer.of(0x82), length, Buffer.alloc(4 + bytes, 0x82)])
}

const STREAM = Buffer.concat([HANDSHAKE, frame(5), frame(0), frame(125), frame(300), frame(70_000), frame(1)])

describe('frames', () => {
  it.each([1, 3, 1_000, STREAM.length])('are counted in pieces of %i bytes', (size) => {
    const count = makeFrameCounter()
    let frames = 0
    for (let from = 0; from < STREAM.length; from += size) frames = count(STREAM.subarray(from, from + size))
    expect(frames).toBe(6)
  })

  it('are none before the handshake is over', () => {
    expect(makeFrameCounter()(HANDSHAKE.subarray(0, -1))).toBe(0)
  })
})
