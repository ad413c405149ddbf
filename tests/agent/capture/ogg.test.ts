import { describe, expect, it } from 'vitest'
import { OggPageReader, readOggPages } from '@/agent/capture/ogg-reader'
import { OggOpusWriter } from '@/agent/capture/ogg-writer'
import { decodeSound, toneDb } from '@/demo/media-probe'
import { encodeTone } from './media-fixtures'

const packetsOf = (ogg: Uint8Array): Uint8Array[] => readOggPages(ogg).pages.slice(2).flatMap((page) => page.packets)
const tone = encodeTone(440, 2)

describe('the Ogg reader', () => {
  it("finds one packet on each of the encoder's pages, however the bytes are cut", () => {
    const reader = new OggPageReader()
    const pages = []
    for (let offset = 0; offset < tone.length; offset += 17) pages.push(...reader.read(tone.subarray(offset, offset + 17)))
    expect(pages.length).toBeGreaterThan(100)
    expect(pages.slice(2).every((page) => page.packets.length === 1)).toBe(true)
    expect(pages[0]?.isFirst).toBe(true)
    expect(reader.skippedBytes).toBe(0)
  })

  it('skips a page whose checksum is wrong and no other', () => {
    const { pages } = readOggPages(tone)
    const damaged = Buffer.from(tone)
    const offsetBytes = pages.slice(0, 10).reduce((sum, page) => sum + page.bytes.length, 0)
    damaged[offsetBytes + 30]! ^= 0x01
    const reader = new OggPageReader()
    expect(reader.read(damaged)).toHaveLength(pages.length - 1)
    expect(reader.skippedBytes).toBe(pages[10]!.bytes.length)
  })

  it('tells where the last whole page of a torn file ends', () => {
    const { pages } = readOggPages(tone)
    const wholeBytes = tone.length - pages.at(-1)!.bytes.length
    expect(readOggPages(tone.subarray(0, tone.length - 5)).endBytes).toBe(wholeBytes)
  })
})

describe('the Ogg writer', () => {
  it('makes a file that decodes to the sound that went in', () => {
    const writer = new OggOpusWriter({ serial: 7 })
    const file = Buffer.concat([writer.header(), writer.page(packetsOf(tone))])
    const sound = decodeSound(file)
    expect(sound.length).toBe(Number(writer.granule) - 312)
    expect(toneDb(sound.subarray(4_800, 80_000), 440)).toBeGreaterThan(-25)
    expect(toneDb(sound.subarray(4_800, 80_000), 1_300)).toBeLessThan(-60)
  })

  it('goes on in the same stream after a restart', () => {
    const packets = packetsOf(tone)
    const before = new OggOpusWriter({ serial: 7 })
    const first = Buffer.concat([before.header(), before.page(packets.slice(0, 50))])
    const after = new OggOpusWriter({ serial: 7, resumeFrom: { pageSequence: before.pageSequence, granule: before.granule } })
    const whole = readOggPages(Buffer.concat([first, after.page(packets.slice(50))])).pages
    expect(whole.map((page) => page.sequence)).toEqual(whole.map((_, index) => index))
    expect(whole.at(-1)?.granule).toBe(BigInt(packets.length * 960))
    expect(new Set(whole.map((page) => page.serial))).toEqual(new Set([7]))
  })

  it('fills a hole with exactly as much silence as it is told', () => {
    const writer = new OggOpusWriter({ serial: 7 })
    const sound = decodeSound(Buffer.concat([writer.header(), writer.silence(300)]))
    expect(sound.length).toBe(300 * 960 - 312)
    expect(sound.every((sample) => sample === 0)).toBe(true)
  })

  it('never lets a packet span two pages, not even a long one', () => {
    const writer = new OggOpusWriter({ serial: 7 })
    const packets = Array.from({ length: 120 }, (_, index) => new Uint8Array(510 + (index % 2)).fill(index))
    const { pages } = readOggPages(writer.page(packets))
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.flatMap((page) => page.packets)).toEqual(packets)
  })
})
