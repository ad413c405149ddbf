import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveItem } from '@/protocol/live-items'
import type { LiveWords } from '@/protocol/live-messages'
import { addLiveWords } from '@/protocol/live-words'
import type { AudioTrack } from '@/protocol/tracks'
import { LiveCaptions, type CaptionsState } from '@/server/live/captions'
import { MemoryEngine } from '@/server/transcribe/memory-engine'
import { CALL_ID, encodeOpus, makeTones } from '../transcribe/spoken-call'
import { HeldSpeech } from './held-speech'

let engine: MemoryEngine
let speech: HeldSpeech
let captions: LiveCaptions
let nowMs: number
let told: LiveWords[][]
let states: CaptionsState[]
let warnings: string[]

beforeEach(() => {
  engine = new MemoryEngine(['alpha', 'bravo', 'charlie'])
  speech = new HeldSpeech(engine)
  nowMs = 0
  told = []
  states = []
  warnings = []
  captions = new LiveCaptions({
    speech,
    listener: { onWords: (_, words) => void told.push(words), onState: (_, state) => void states.push(state) },
    log: { warn: (message) => void warnings.push(message) },
    nowMs: () => nowMs,
  })
  captions.follow(CALL_ID)
})
afterEach(async () => {
  speech.release()
  await captions.dispose()
  await speech.dispose()
})

const makeItems = async (samples: Float32Array, track: AudioTrack = 'customer', fromMs = 0): Promise<LiveItem[]> =>
  (await encodeOpus(samples)).map((bytes, index) => ({ track, atMs: fromMs + index * 20, bytes, isKey: true }))

/** As an agent sends them, 200 ms at a time; each answer is there before the next comes, unless it is held back. */
async function play(items: readonly LiveItem[]): Promise<void> {
  for (let from = 0; from < items.length; from += 10) {
    nowMs += 200
    captions.push(CALL_ID, items.slice(from, from + 10))
    await speech.settle()
  }
}

const all = (): LiveWords[] => told.flat()
const shown = (): LiveWords[] => all().reduce<LiveWords[]>(addLiveWords, [])

describe('a voice that is followed', () => {
  it('is shown while it speaks, grows under the same start, and is final after it', async () => {
    await play(await makeItems(makeTones(3_000, 1_500)))
    const partials = all().filter(({ isFinal }) => !isFinal)
    expect(partials.length).toBeGreaterThanOrEqual(4)
    expect(new Set(all().map(({ startMs }) => startMs)).size).toBe(1)
    for (const [index, { text }] of partials.entries()) expect(text.length).toBeGreaterThanOrEqual(partials[index - 1]?.text.length ?? 0)
    expect(all().at(-1)).toMatchObject({ track: 'customer', isFinal: true, text: expect.stringMatching(/^alpha bravo charlie/) as string })
    expect(all().filter(({ isFinal }) => isFinal)).toHaveLength(1)
  })

  it('is heard no more often than twice a second, not at all in silence, and not once more at its end', async () => {
    await play(await makeItems(makeTones(3_000, 6_000)))
    expect(engine.heard.length).toBeLessThanOrEqual(8)
    expect(engine.heard).toHaveLength(all().length - 1)
  })

  it('is told apart from the other, and from the screen', async () => {
    const [technician, customer] = [await makeItems(makeTones(1_000, 1_000), 'technician'), await makeItems(makeTones(1_000, 1_000))]
    const screen: LiveItem = { track: 'screen', atMs: 0, bytes: Uint8Array.of(1), isKey: true }
    await play([screen, ...technician.flatMap((item, index) => [item, customer[index]!])])
    expect(shown().map(({ track, isFinal }) => [track, isFinal]).sort()).toEqual([['customer', true], ['technician', true]])
  })

  it('keeps on the page what a cut in long speech has not told yet', async () => {
    await play(await makeItems(makeTones(8_000, 200, 5_000, 1_000)))
    const cut = told.find((words) => words.some(({ isFinal }) => isFinal))!
    expect(cut.map(({ isFinal }) => isFinal)).toEqual([true, false])
    expect(cut[0]!.endMs).toBeLessThanOrEqual(10_100)
    expect(cut[1]!.startMs).toBe(cut[0]!.endMs)
    expect(shown().every(({ isFinal }) => isFinal)).toBe(true)
  })

  it('ends at a hole, and what follows stands where its packets say', async () => {
    const packets = await makeItems(makeTones(1_500))
    await play([...packets, ...(await makeItems(makeTones(1_500, 1_000), 'customer', 10_000))])
    expect(shown()).toMatchObject([{ isFinal: true }, { isFinal: true }])
    expect(shown()[1]!.startMs).toBeGreaterThan(9_950)
  })

  it('is not heard again when packets come twice', async () => {
    const items = await makeItems(makeTones(1_000, 1_000))
    await play(items)
    const before = all().length
    await play(items)
    expect(all()).toHaveLength(before)
  })

  it('says nothing more when nobody follows it', async () => {
    const items = await makeItems(makeTones(3_000))
    await play(items.slice(0, 75))
    speech.hold()
    await play(items.slice(75, 100))
    captions.unfollow(CALL_ID)
    const before = all().length
    speech.release()
    await play(items.slice(100))
    await captions.dispose()
    expect(all()).toHaveLength(before)
    expect(before).toBeGreaterThan(0)
  })

  it('leaves to the transcript what the transcript has already', async () => {
    captions.handleUtterance(CALL_ID, { track: 'customer', endMs: 3_000 })
    await play(await makeItems(makeTones(2_000, 1_500, 2_000, 1_000)))
    expect(shown()).toHaveLength(1)
    expect(shown()[0]!.startMs).toBeGreaterThan(3_000)
  })
})

describe('a busy machine', () => {
  it('gets one request at a time from each voice, behind the transcripts; what came meanwhile is in the next', async () => {
    const items = await makeItems(makeTones(4_000))
    await play(items.slice(0, 50))
    speech.hold()
    const before = engine.heard.length
    await play(items.slice(50, 150))
    expect(speech.waiting).toBe(1)
    speech.release()
    await speech.settle()
    await play(items.slice(150))
    expect(speech.mostWaiting).toBe(1)
    expect([...speech.priorities]).toEqual(['captions'])
    expect(engine.heard.length).toBeLessThanOrEqual(before + 4)
    expect(all().at(-1)!.endMs).toBeGreaterThan(3_200)
  })

  it('is told when captions are more than four seconds late, and told again when they have caught up', async () => {
    const items = await makeItems(makeTones(12_000))
    await play(items.slice(0, 50))
    speech.hold()
    await play(items.slice(50, 200))
    expect(states).toEqual([])
    await play(items.slice(200, 300))
    expect(states).toEqual(['too-busy'])
    expect(captions.stateOf(CALL_ID)).toBe('too-busy')
    speech.release()
    await speech.settle()
    await play(items.slice(300, 400))
    expect(states).toEqual(['too-busy', 'running'])
  })

  it('leaves out what was said long ago and goes on with the present', async () => {
    const [early, late] = [await makeItems(makeTones(2_000, 6_000)), await makeItems(makeTones(2_000, 1_000), 'customer', 8_000)]
    speech.hold()
    await play([...early, ...late])
    speech.release()
    await speech.settle()
    await play(await makeItems(makeTones(2_000, 1_000), 'customer', 11_000))
    expect(shown().every(({ startMs }) => startMs > 7_900)).toBe(true)
    expect(shown().length).toBeGreaterThan(0)
  })

  it('costs no memory while nothing is answered: half a minute of packets is kept, then the oldest go', async () => {
    speech.hold()
    const items = await makeItems(makeTones(60_000))
    await play(items)
    speech.release()
    await speech.settle()
    await play(await makeItems(makeTones(1_000, 1_000), 'customer', 60_000))
    expect(shown().length).toBeGreaterThan(0)
    expect(shown().some(({ startMs }) => startMs < 25_000)).toBe(false)
  })
})

it('captions go on after a fault, which is told once', async () => {
  const items = await makeItems(makeTones(6_000, 1_000))
  speech.fault = new Error('no worker')
  await play(items.slice(0, 150))
  expect(all()).toEqual([])
  expect(warnings).toEqual([expect.stringContaining('no worker')])
  speech.fault = null
  await play(items.slice(150))
  expect(shown()).toMatchObject([{ isFinal: true }])
})

it('noise that never ends is heard in pieces, whose sound is let go', async () => {
  const noise = await makeItems(makeTones(20_000))
  const hear = vi.spyOn(speech, 'transcribe')
  for (let round = 0; round < 3; round++) await play(noise.map((item) => ({ ...item, atMs: item.atMs + round * 20_000 })))
  const longest = Math.max(...hear.mock.calls.map(([samples]) => samples.length / 16_000))
  expect(longest).toBeLessThan(11)
  expect(told.flat().filter(({ isFinal }) => isFinal).length).toBeGreaterThanOrEqual(2)
})
