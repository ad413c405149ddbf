import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LOG_FILE } from '@/protocol/entries'
import { CallTranscriber } from '@/server/transcribe/call-transcriber'
import { MemoryEngine } from '@/server/transcribe/memory-engine'
import { LocalSpeechService } from '@/server/transcribe/speech-service'
import type { Utterance } from '@/server/transcribe/utterances'
import { joinLines, LINDA, LogBuilder } from '../../fixtures/log-builder'
import { addSounds, CALL_ID, encodeOpus, hangUp, makeTestMedia, makeTones, storeLog, type TestMedia } from './spoken-call'

let test: TestMedia
let engine: MemoryEngine
let speech: LocalSpeechService

beforeEach(async () => {
  test = await makeTestMedia()
  engine = new MemoryEngine(['alpha', 'bravo', 'charlie'])
  speech = new LocalSpeechService(engine)
})
afterEach(async () => {
  await speech.dispose()
  await test.dispose()
})

function makeTranscriber(storedEnds: ReadonlyMap<string, number> = new Map(), signal?: AbortSignal) {
  const utterances: Utterance[] = []
  const onUtterance = (utterance: Utterance) => {
    utterances.push(utterance)
    return Promise.resolve()
  }
  const transcriber = new CallTranscriber({ callId: CALL_ID, media: test.media, speech, priority: 'live', vocabulary: [], storedEnds, signal, onUtterance })
  return { transcriber, utterances }
}

async function transcribe(log: LogBuilder, storedEnds?: ReadonlyMap<string, number>): Promise<Utterance[]> {
  await storeLog(test.media, log)
  const { transcriber, utterances } = makeTranscriber(storedEnds)
  await transcriber.advance()
  return utterances
}

const spans = (utterances: readonly Utterance[]) => utterances.map(({ track, startMs, endMs }) => [track, startMs, endMs])

describe('a call', () => {
  it('gives an utterance for each stretch of speech, where it stands in the call', async () => {
    const packets = await encodeOpus(makeTones(1_000, 1_000, 2_000, 1_000))
    const utterances = await transcribe(hangUp(addSounds(new LogBuilder(), [{ track: 'technician', atMs: 500, packets }]), 5_500))
    expect(utterances).toHaveLength(2)
    for (const [index, [fromMs, toMs]] of ([[500, 1_500], [2_500, 4_500]] as const).entries()) {
      expect(Math.abs(utterances[index]!.startMs - fromMs)).toBeLessThan(450)
      expect(Math.abs(utterances[index]!.endMs - toMs)).toBeLessThan(450)
    }
    expect(utterances[0]!.text).toMatch(/^alpha bravo/)
  })

  it('ends an utterance at a gap, and what follows stands where its chunk says', async () => {
    const packets = await encodeOpus(makeTones(2_000))
    const log = addSounds(new LogBuilder(), [{ track: 'customer', atMs: 0, packets }])
    log.add({ atMs: 2_000, kind: 'gap', track: 'customer', durationMs: 8_000, data: { cause: 'device-unplugged' } })
    addSounds(log, [{ track: 'customer', atMs: 10_000, packets }])
    const utterances = await transcribe(hangUp(log, 12_000))
    expect(utterances).toHaveLength(2)
    expect(utterances[0]!.endMs).toBeLessThanOrEqual(2_100)
    expect(utterances[1]!.startMs).toBeGreaterThanOrEqual(9_980)
  })

  it('makes an utterance final at a pause, before the call goes on', async () => {
    const packets = await encodeOpus(makeTones(2_000))
    const log = addSounds(new LogBuilder(), [{ track: 'technician', atMs: 0, packets }])
    expect(await transcribe(log)).toHaveLength(0)
    expect(await transcribe(log.add({ atMs: 2_000, kind: 'pause', data: { by: LINDA, reason: 'card' } }))).toHaveLength(1)
  })

  it('waits at a pause for the sound before it that comes later in the log', async () => {
    const packets = await encodeOpus(makeTones(4_000))
    const log = addSounds(new LogBuilder(), [{ track: 'technician', atMs: 0, packets: packets.slice(0, 100) }])
    log.add({ atMs: 4_000, kind: 'pause', data: { by: LINDA, reason: 'card' } })
    addSounds(log, [{ track: 'technician', atMs: 2_000, packets: packets.slice(100, 200) }])
    const utterances = await transcribe(log)
    expect(utterances).toHaveLength(1)
    expect(utterances[0]!.endMs).toBeGreaterThan(3_700)
  })

  it('leaves out what only fills a gap in the file', async () => {
    const packets = await encodeOpus(makeTones(1_000))
    const log = addSounds(new LogBuilder(), [{ track: 'technician', atMs: 0, packets }])
    const filler = addSounds(new LogBuilder(), [{ track: 'technician', atMs: 0, packets: await encodeOpus(makeTones(500)) }]).files().get('technician.ogg')!
    log.chunk('technician', 1_000, 0, filler)
    addSounds(log, [{ track: 'technician', atMs: 5_000, packets }])
    expect(await transcribe(hangUp(log, 6_000))).toHaveLength(2)
  })

  it('comes out the same live as at once', async () => {
    const [technician, customer] = [await encodeOpus(makeTones(1_500, 1_500, 23_000, 900)), await encodeOpus(makeTones(500, 3_000, 4_000))]
    const log = hangUp(addSounds(new LogBuilder(), [{ track: 'technician', atMs: 0, packets: technician }, { track: 'customer', atMs: 300, packets: customer }]), 27_000)
    const whole = await transcribe(log)

    await test.media.deleteCall(CALL_ID)
    const { transcriber, utterances } = makeTranscriber()
    const growing = new LogBuilder()
    for (const line of log.lines.slice(1)) {
      growing.lines.push(line)
      await storeFiles(log, growing)
      await transcriber.advance()
    }
    expect(transcriber.isFinished).toBe(true)
    expect(spans(utterances.toSorted(byPlace))).toEqual(spans(whole.toSorted(byPlace)))
    expect(whole.filter(({ track }) => track === 'technician').length).toBeGreaterThanOrEqual(3)
  })

  it('is left before the next chunk when the server stops', async () => {
    await storeLog(test.media, hangUp(addSounds(new LogBuilder(), [{ track: 'technician', atMs: 0, packets: await encodeOpus(makeTones(3_000)) }]), 3_000))
    const { transcriber, utterances } = makeTranscriber(new Map(), AbortSignal.abort())
    await expect(transcriber.advance()).rejects.toThrow(/server is stopping/)
    expect(utterances).toEqual([])
  })

  it('is taken up after a restart without a repeated or a lost utterance', async () => {
    const packets = await encodeOpus(makeTones(1_000, 1_000, 1_500, 1_000, 2_000, 1_000))
    const log = hangUp(addSounds(new LogBuilder(), [{ track: 'technician', atMs: 0, packets }]), 7_500)
    const whole = await transcribe(log)
    const resumed = await transcribe(log, new Map([['technician', whole[0]!.endMs]]))
    expect(resumed).toEqual(whole.slice(1))
  })
})

/** The log as far as it has grown; the tracks' files may run ahead of it. */
async function storeFiles(whole: LogBuilder, growing: LogBuilder): Promise<void> {
  const files = new Map([...whole.files(), [LOG_FILE, joinLines(growing.lines)]])
  for (const [file, bytes] of files) await test.media.write(CALL_ID, file, 0, bytes)
}

const byPlace = (a: Utterance, b: Utterance): number => a.startMs - b.startMs || a.track.localeCompare(b.track)
