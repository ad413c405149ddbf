import { describe, expect, it } from 'vitest'
import { IvfReader } from '@/agent/capture/ivf-reader'
import { ScreenMp4Writer, type ScreenSample } from '@/agent/capture/mp4-writer'
import { isVp9KeyFrame } from '@/agent/capture/vp9-frame'
import { ffmpeg, framePositionsMs } from '@/demo/media-probe'
import { encodePicture } from './media-fixtures'

const picture = encodePicture(4, 10)

function makeSamples(spacingMs: number): ScreenSample[] {
  const frames = new IvfReader().read(picture)
  return frames.map((frame, index) => ({ bytes: frame.bytes, atMs: index * spacingMs, durationMs: spacingMs, isKey: isVp9KeyFrame(frame.bytes) }))
}

describe('the IVF reader', () => {
  it('finds every frame and its position, however the bytes are cut', () => {
    const reader = new IvfReader()
    const frames = []
    for (let offset = 0; offset < picture.length; offset += 101) frames.push(...reader.read(picture.subarray(offset, offset + 101)))
    expect(reader.header).toEqual({ widthPx: 320, heightPx: 180, ticksPerSecond: 1_000 })
    expect(frames.map((frame) => frame.atMs)).toEqual(Array.from({ length: 20 }, (_, index) => index * 200))
  })

  it('refuses a stream that is not VP9 in IVF', () => {
    expect(() => new IvfReader().read(Buffer.alloc(64, 'x'))).toThrow(/IVF stream with VP9/)
  })

  it('tells key frames from others', () => {
    const keys = new IvfReader().read(picture).map((frame) => isVp9KeyFrame(frame.bytes))
    expect(keys.map((isKey, index) => (isKey ? index : -1)).filter((index) => index >= 0)).toEqual([0, 10])
  })
})

describe('the MP4 writer', () => {
  it('places every frame where it was seen', () => {
    const writer = new ScreenMp4Writer({ widthPx: 320, heightPx: 180 })
    const samples = makeSamples(200)
    const file = Buffer.concat([writer.header(), writer.fragment(samples.slice(0, 7)), writer.fragment(samples.slice(7))])
    expect(framePositionsMs(file)).toEqual(samples.map((sample) => sample.atMs))
    expect(ffmpeg(['-i', 'pipe:0', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'], file).length).toBe(20 * 320 * 180)
  })

  it('keeps uneven distances, a hole included', () => {
    const writer = new ScreenMp4Writer({ widthPx: 320, heightPx: 180 })
    const atMs = [0, 180, 5_400, 5_600, 9_000]
    const samples = makeSamples(200).slice(0, 5).map((sample, index) => ({ ...sample, atMs: atMs[index]! }))
    const file = Buffer.concat([writer.header(), writer.fragment(samples.slice(0, 4)), writer.fragment(samples.slice(4))])
    expect(framePositionsMs(file)).toEqual(atMs)
  })

  it('plays when the last fragment is torn', () => {
    const writer = new ScreenMp4Writer({ widthPx: 320, heightPx: 180 })
    const samples = makeSamples(200)
    const whole = Buffer.concat([writer.header(), writer.fragment(samples.slice(0, 10))])
    const torn = Buffer.concat([whole, writer.fragment(samples.slice(10)).subarray(0, 300)])
    expect(framePositionsMs(torn).slice(0, 10)).toEqual(samples.slice(0, 10).map((sample) => sample.atMs))
  })

  it('goes on numbering its fragments after a restart', () => {
    const before = new ScreenMp4Writer({ widthPx: 320, heightPx: 180 })
    const samples = makeSamples(200)
    const first = Buffer.concat([before.header(), before.fragment(samples.slice(0, 10))])
    const after = new ScreenMp4Writer({ widthPx: 320, heightPx: 180, sequence: before.sequence })
    expect(framePositionsMs(Buffer.concat([first, after.fragment(samples.slice(10))]))).toHaveLength(20)
    expect(after.sequence).toBe(3)
  })
})
