import { describe, expect, it } from 'vitest'
import type { Piece } from '@/agent/call/media-chunker'
import { ScreenChunker } from '@/agent/call/screen-chunker'

const frame = (atMs: number) => ({ atMs, bytes: new Uint8Array(3), isKey: false })
const ranges = (pieces: readonly Piece[]) => pieces.map(({ kind, fromMs, toMs }) => [kind, fromMs, toMs])

describe('ScreenChunker', () => {
  it('finishes a chunk about each second while frames come', () => {
    const chunker = new ScreenChunker()
    const pieces = Array.from({ length: 12 }, (_, index) => chunker.push(frame(index * 200))).flat()
    expect(ranges(pieces)).toEqual([['chunk', 0, 1_000], ['chunk', 1_000, 2_000]])
  })

  it('counts a still screen as recorded as long as heartbeats come', () => {
    const chunker = new ScreenChunker()
    chunker.push(frame(0))
    const pieces = [...chunker.due(1_300), ...chunker.push(frame(5_200)), ...chunker.due(6_500)]
    expect(ranges(pieces)).toEqual([['chunk', 0, 200], ['chunk', 200, 5_400]])
  })

  it('calls it a hole when no heartbeat came for more than six seconds', () => {
    const chunker = new ScreenChunker()
    chunker.push(frame(0))
    chunker.due(1_300)
    expect(ranges(chunker.push(frame(6_300)))).toEqual([['hole', 200, 6_300]])
  })

  it('reaches up to a cut while the screen is known to stand still', () => {
    const chunker = new ScreenChunker()
    chunker.push(frame(0))
    chunker.due(1_300)
    const pieces = chunker.cutAt(4_000)
    expect(ranges(pieces)).toEqual([['chunk', 200, 4_000]])
    expect(pieces[0]?.kind === 'chunk' && pieces[0].items).toEqual([])
  })

  it('does not know the screen after a cut until a frame comes', () => {
    const chunker = new ScreenChunker()
    chunker.push(frame(0))
    chunker.cutAt(300)
    expect(ranges(chunker.push(frame(700)))).toEqual([['hole', 300, 700]])
  })

  it('keeps every frame, even one whose stamp steps back', () => {
    const chunker = new ScreenChunker()
    for (const atMs of [0, 200, 150, 400]) chunker.push(frame(atMs))
    expect(chunker.openItems.map(({ atMs }) => atMs)).toEqual([0, 200, 201, 400])
  })
})
