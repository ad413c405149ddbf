import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { EncoderInput } from '@/agent/capture/linux/encoder-input'

const PIECE_BYTES = 10 * 48 * 2

it('writes 60 ms at a time, in order, and what is left when it is told', () => {
  const stdin = new PassThrough()
  const written: Buffer[] = []
  stdin.on('data', (bytes: Buffer) => written.push(bytes))
  const input = new EncoderInput(stdin)
  for (let piece = 0; piece < 15; piece++) input.add(Buffer.alloc(PIECE_BYTES, piece))
  expect(written.map(({ length }) => length)).toEqual([6 * PIECE_BYTES, 6 * PIECE_BYTES])
  input.flush()
  input.flush()
  expect(written.map(({ length }) => length)).toEqual([6 * PIECE_BYTES, 6 * PIECE_BYTES, 3 * PIECE_BYTES])
  expect(Buffer.concat(written)).toEqual(Buffer.concat(Array.from({ length: 15 }, (_, piece) => Buffer.alloc(PIECE_BYTES, piece))))
})
