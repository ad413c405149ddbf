import { describe, expect, it } from 'vitest'
import { OPUS_ENCODING } from '@/agent/capture/linux/opus-encoding'
import { OpusPacketReader } from '@/agent/capture/linux/opus-packet-reader'
import { SAMPLES_PER_PACKET } from '@/agent/capture/ogg-writer'
import { ffmpeg } from '@/demo/media-probe'

const HOLE_SAMPLES = 2 * 48_000
const HOLE_FROM_SAMPLE = 31_000
const WITH_HOLE = `asetpts=N+gte(N\\,${HOLE_FROM_SAMPLE})*${HOLE_SAMPLES}`

const encode = (filter: string): Buffer =>
  ffmpeg(['-f', 'lavfi', '-i', 'sine=frequency=300:sample_rate=48000:samples_per_frame=480:duration=2', '-af', filter, '-ac', '1', ...OPUS_ENCODING])
const placesIn = (bytes: Uint8Array): number[] => new OpusPacketReader().read(bytes).map(({ firstSample }) => firstSample)
const stepsOf = (places: readonly number[]): number[] => places.slice(1).map((place, index) => place - places[index]!)

describe('packets out of what the encoder writes', () => {
  it('follow on from each other', () => {
    const places = placesIn(encode('anull'))
    expect(places.length).toBeGreaterThanOrEqual(100)
    expect(new Set(stepsOf(places))).toEqual(new Set([SAMPLES_PER_PACKET]))
  })

  it('have a hole in the sound between the two packets where it was', () => {
    const places = placesIn(encode(WITH_HOLE))
    const steps = stepsOf(places)
    const index = steps.findIndex((step) => step !== SAMPLES_PER_PACKET)
    expect(Math.abs(steps[index]! - HOLE_SAMPLES)).toBeLessThanOrEqual(2 * SAMPLES_PER_PACKET)
    expect(Math.abs(places[index]! - HOLE_FROM_SAMPLE)).toBeLessThanOrEqual(2 * SAMPLES_PER_PACKET)
    expect(new Set(steps.toSpliced(index, 1))).toEqual(new Set([SAMPLES_PER_PACKET]))
  })
})
