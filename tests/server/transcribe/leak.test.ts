import { beforeAll, describe, expect, it } from 'vitest'
import { Envelope } from '@/server/transcribe/envelope'
import { markLeaks } from '@/server/transcribe/leak'
import { findLeakPath, levelDb } from '@/server/transcribe/leak-path'
import type { Utterance } from '@/server/transcribe/utterances'
import { readClip } from './spoken-call'

const LENGTH_MS = 40_000
let technician: Float32Array
let customer: Float32Array

/** The technician speaks at 1 s and 15 s; the customer at 27 s, and at 16 s into the technician's second turn. */
const TECHNICIAN_AT = [1_000, 15_000] as const
const CUSTOMER_AT = [16_000, 27_000] as const

beforeAll(async () => {
  const [long, medium, short] = [await readClip('libri-2412-153948-0001.flac'), await readClip('librivox-austen-0870.flac'), await readClip('libri-61-70968-0000.flac')]
  technician = place([[long, TECHNICIAN_AT[0]], [long, TECHNICIAN_AT[1]]])
  customer = place([[short, CUSTOMER_AT[0]], [medium, CUSTOMER_AT[1]]])
})

describe.each([[-3, 0], [-6, 20], [-10, 35], [-15, 60], [-20, 47]])('a leak of %d dB that arrives %d ms late', (leakDb, delayMs) => {
  it('is measured', async () => {
    const path = (await findLeakPath(envelopeOf(technician), envelopeOf(withLeak(customer, technician, leakDb, delayMs))))!
    expect(Math.abs(levelDb(path.gain) - leakDb)).toBeLessThan(1.5)
    expect(Math.abs(path.delaySteps * 10 - delayMs)).toBeLessThanOrEqual(10)
  })

  it('marks what only leaked, and nothing that was said', async () => {
    const { utterances, report } = await mark(withLeak(customer, technician, leakDb, delayMs), [
      utterance('technician', 1_000, 11_000),
      utterance('technician', 15_000, 25_000),
      utterance('customer', 1_000 + delayMs, 11_000 + delayMs),
      utterance('customer', 27_300, 33_500),
    ])
    expect(utterances.map(({ track, leakedFrom }) => [track, leakedFrom])).toEqual([['technician', null], ['technician', null], ['customer', 'technician'], ['customer', null]])
    expect(report).toEqual([{ from: 'technician', into: 'customer', levelDb: expect.closeTo(leakDb, 0) as number, delayMs: expect.any(Number) as number, utterancesMarked: 1 }])
  })

  it('gives the customer what he says while the technician speaks', async () => {
    const { utterances } = await mark(withLeak(customer, technician, leakDb, delayMs), [utterance('customer', 16_200, 20_600)])
    const own = utterances.filter(({ leakedFrom }) => leakedFrom === null).flatMap(({ words }) => words)
    expect(own.length).toBeGreaterThanOrEqual(0.9 * (4_400 / 300))
  })

  it('parts an utterance in which the customer answers right after a leak', async () => {
    const { utterances } = await mark(withLeak(place([[customer.slice(27_000 * 16, 34_000 * 16), 11_600]]), technician, leakDb, delayMs), [utterance('customer', 5_000, 15_000)])
    expect(utterances.map(({ leakedFrom }) => leakedFrom)).toEqual(['technician', null])
    expect(Math.abs(utterances[1]!.startMs - 11_700)).toBeLessThan(700)
  })
})

it('finds no leak where both only speak at the same time', async () => {
  const both = place([[technician.slice(16_000, 16_000 * 11), 1_500], [technician.slice(16_000, 16_000 * 11), 15_700]])
  const { utterances, report } = await mark(addNoise(reverse(both)), [utterance('customer', 1_500, 11_000)])
  expect(report).toEqual([])
  expect(utterances).toEqual([utterance('customer', 1_500, 11_000)])
})

it('finds no leak in silence or in a track that was never recorded', async () => {
  expect((await mark(new Float32Array(LENGTH_MS * 16), [])).report).toEqual([])
  expect((await markLeaks([utterance('mixed', 0, 3_000)], new Map([['mixed', envelopeOf(technician)]]))).utterances).toEqual([utterance('mixed', 0, 3_000)])
})

const mark = (customerTrack: Float32Array, utterances: Utterance[]) =>
  markLeaks(utterances, new Map([['technician', envelopeOf(addNoise(technician))], ['customer', envelopeOf(customerTrack)]]))

function place(clips: readonly (readonly [Float32Array, number])[]): Float32Array {
  const track = new Float32Array(LENGTH_MS * 16)
  for (const [samples, atMs] of clips) samples.forEach((sample, index) => void (track[atMs * 16 + index]! += sample))
  return track
}

function withLeak(own: Float32Array, source: Float32Array, leakDb: number, delayMs: number): Float32Array {
  const gain = 10 ** (leakDb / 20)
  return addNoise(own.map((sample, index) => sample + gain * (source[index - delayMs * 16] ?? 0)))
}

/** Speech-like, and nobody else's. */
const reverse = (samples: Float32Array): Float32Array => samples.slice().reverse()

/** At -66 dB, as a quiet headset has it. */
function addNoise(samples: Float32Array): Float32Array {
  let seed = 7
  return samples.map((sample) => sample + ((seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5) * 0.0017)
}

function envelopeOf(samples: Float32Array): Envelope {
  const envelope = new Envelope()
  envelope.add(0, samples)
  return envelope
}

/** A word every 300 ms. */
function utterance(track: Utterance['track'], startMs: number, endMs: number): Utterance {
  const words = Array.from({ length: Math.floor((endMs - startMs) / 300) }, (_, index) => ({ text: `word${index}`, startMs: startMs + index * 300, endMs: startMs + index * 300 + 280, confidence: 1 }))
  return { track, startMs, endMs, text: words.map(({ text }) => text).join(' '), words, leakedFrom: null }
}
