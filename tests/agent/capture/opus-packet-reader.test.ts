import { describe, expect, it } from 'vitest'
import { OPUS_ENCODING } from '@/agent/capture/linux/opus-encoding'
import { OpusPacketReader, type PlacedPacket } from '@/agent/capture/linux/opus-packet-reader'
import { readOggPages } from '@/agent/capture/ogg-reader'
import { SAMPLES_PER_PACKET } from '@/agent/capture/ogg-writer'
import { ffmpeg } from '@/demo/media-probe'

const HOLE_SAMPLES = 2 * 48_000
const WITH_HOLE = `asetpts=N+gte(N\\,31000)*${HOLE_SAMPLES}`

const encode = (filter: string, encoding: readonly string[]): Buffer =>
  ffmpeg(['-f', 'lavfi', '-i', 'sine=frequency=300:sample_rate=48000:samples_per_frame=480:duration=2', '-af', filter, '-ac', '1', ...encoding])
/** One packet a page: every packet is told its place by its own granule. */
const ONE_A_PAGE = OPUS_ENCODING.map((argument, index) => (OPUS_ENCODING[index - 1] === '-page_duration' ? '1000' : argument))
const placesOf = (packets: readonly PlacedPacket[]): number[] => packets.map(({ firstSample }) => firstSample)

describe('packets out of what the encoder writes', () => {
  it('come three at a time', () => {
    const pages = readOggPages(encode('anull', OPUS_ENCODING)).pages.slice(2)
    expect(pages.length).toBeGreaterThanOrEqual(32)
    expect(pages.length).toBeLessThanOrEqual(36)
  })

  it('follow on from each other', () => {
    const places = placesOf(new OpusPacketReader().read(encode('anull', OPUS_ENCODING)))
    expect(places.length).toBeGreaterThanOrEqual(100)
    places.slice(1).forEach((place, index) => expect(place - places[index]!).toBe(SAMPLES_PER_PACKET))
  })

  it('stand where they would if each had a page of its own, before and after a hole in the sound', () => {
    const gathered = placesOf(new OpusPacketReader().read(encode(WITH_HOLE, OPUS_ENCODING)))
    const single = placesOf(new OpusPacketReader().read(encode(WITH_HOLE, ONE_A_PAGE)))
    expect(Math.max(...single.slice(1).map((place, index) => place - single[index]!))).toBeGreaterThan(HOLE_SAMPLES)
    expect(gathered).toEqual(single)
  })
})
