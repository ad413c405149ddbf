import { describe, expect, it } from 'vitest'
import { AudioChunker } from '@/agent/call/audio-chunker'
import type { Piece } from '@/agent/call/media-chunker'

const packet = (atMs: number) => ({ atMs, bytes: new Uint8Array(3), isKey: true })

/** Packets every `stepMs` from `fromMs` up to `toMs`. */
function pushRun(chunker: AudioChunker, fromMs: number, toMs: number, stepMs = 20): Piece[] {
  const pieces: Piece[] = []
  for (let atMs = fromMs; atMs < toMs; atMs += stepMs) pieces.push(...chunker.push(packet(atMs)))
  return pieces
}
const ranges = (pieces: readonly Piece[]) => pieces.map(({ kind, fromMs, toMs }) => [kind, fromMs, toMs])

describe('AudioChunker', () => {
  it('makes chunks of a second that follow each other without a hole', () => {
    const chunker = new AudioChunker()
    expect(ranges(pushRun(chunker, 0, 3_020))).toEqual([['chunk', 0, 1_000], ['chunk', 1_000, 2_000], ['chunk', 2_000, 3_000]])
    expect(chunker.openItems).toHaveLength(1)
  })

  it('absorbs a sound card that runs 500 ppm too fast in the length of its chunks, for an hour', () => {
    const chunker = new AudioChunker()
    const pieces = pushRun(chunker, 0, 3_600_000, 20 / 1.0005)
    expect(pieces.every(({ kind }) => kind === 'chunk')).toBe(true)
    const last = pieces.at(-1)
    expect(Math.abs((last?.toMs ?? 0) - 3_600_000)).toBeLessThan(1_100)
    for (const [index, piece] of pieces.entries()) expect(piece.fromMs).toBe(pieces[index - 1]?.toMs ?? 0)
  })

  it('takes stamps that jitter by less than a packet as one run', () => {
    const chunker = new AudioChunker()
    const pieces = Array.from({ length: 50 }, (_, index) => chunker.push(packet(index * 20 + (index % 2 === 0 ? 0 : 9)))).flat()
    expect([...pieces, ...chunker.cutAt(1_000)].map(({ kind }) => kind)).toEqual(['chunk'])
  })

  it('declares a hole where packets are missing', () => {
    const chunker = new AudioChunker()
    pushRun(chunker, 0, 200)
    expect(ranges(chunker.push(packet(500)))).toEqual([['chunk', 0, 200], ['hole', 200, 500]])
  })

  it('leaves out packets that tell of time which is recorded already', () => {
    const chunker = new AudioChunker()
    pushRun(chunker, 0, 200)
    expect(chunker.push(packet(100))).toEqual([])
    expect(chunker.push(packet(180))).toEqual([])
    expect(chunker.openItems).toHaveLength(10)
  })

  it('ends exactly at a cut, without a packet that begins there', () => {
    const chunker = new AudioChunker()
    pushRun(chunker, 0, 400)
    const pieces = chunker.cutAt(310)
    expect(ranges(pieces)).toEqual([['chunk', 0, 310]])
    expect(pieces[0]?.kind === 'chunk' && pieces[0].items).toHaveLength(16)
  })

  it('finishes a chunk that gets no more packets', () => {
    const chunker = new AudioChunker()
    pushRun(chunker, 0, 200)
    expect(chunker.due(600)).toEqual([])
    expect(ranges(chunker.due(800))).toEqual([['chunk', 0, 200]])
  })
})
