/** Coach and listeners of a running call, with everything but the sound server real. */
import { beforeEach, describe, expect, it } from 'vitest'
import { readOggPages } from '@/agent/capture/ogg-reader'
import type { EntryKind, EntryOf } from '@/protocol/entries'
import { makeCallId } from '@/protocol/ids'
import { OPUS_SILENCE } from '@/protocol/tracks'
import { FakeClock } from '../../support/fake-clock'
import { MemoryDriver, SOFTPHONE } from '../../support/memory-driver'
import { MemoryFiles } from '../../support/memory-files'
import { makeTestSigner, readEntries, TestAgent, verifyCall } from '../../support/test-agent'

const SARI = { id: 's-1', name: 'Sari Wibowo' }
const BIMA = { id: 's-2', name: 'Bima Putra' }
const signer = makeTestSigner()

let clock: FakeClock
let driver: MemoryDriver
let files: MemoryFiles
let agent: TestAgent

beforeEach(async () => {
  clock = new FakeClock()
  driver = new MemoryDriver(clock)
  files = new MemoryFiles()
  agent = await TestAgent.start({ clock, driver, files, signer })
  driver.begin()
  await clock.advance(5_000)
})

const callId = () => agent.log.callId
const entriesOf = async <K extends EntryKind>(kind: K) => (await readEntries(agent.log)).filter((entry): entry is EntryOf<K> => entry.kind === kind)
const told = async () => (await entriesOf('presence')).map(({ data: { person, as, state } }) => `${person.name} ${as} ${state}`)
const tell = (as: 'supervisor' | 'witness', state: 'joined' | 'left', { person = SARI, isShown = true } = {}) => agent.coach.handlePresence({ callId: callId(), person, as, state, isShown })
const write = (id: string, text = 'Offer the 7-day pass.') => agent.coach.handleText({ callId: callId(), id, from: SARI, text })

/** A press of so many packets, in time but for those that are missing. */
async function speak(packets: number, { from = SARI, without = [] as number[] } = {}): Promise<void> {
  for (let number = 0; number < packets; number++) {
    if (!without.includes(number)) agent.coach.handleVoice({ callId: callId(), from, number, bytes: OPUS_SILENCE.slice() })
    await clock.advance(20)
  }
}

async function during(command: Promise<unknown>, ms = 1_000): Promise<void> {
  const settled = command.catch(() => undefined)
  await clock.advance(ms)
  await settled
}

async function finish(): Promise<void> {
  driver.end()
  await clock.advance(1_000)
  await agent.recorder.done()
}

async function verify() {
  const report = await verifyCall(files, agent.log)
  expect(report.verdicts.filter(({ state }) => state === 'failed')).toEqual([])
  return report
}

it('a guest stands in the log as a witness, with who invited him and as what, until he has left', async () => {
  const guest = { person: { id: 'i-1', name: 'Rudi Hartanto' }, as: 'witness', invited: { as: 'trainee', by: SARI } } as const
  agent.coach.handlePresence({ callId: callId(), ...guest, state: 'joined', isShown: true })
  expect(agent.coach.coaching.present).toEqual([guest])
  await clock.advance(3_000)
  agent.coach.handlePresence({ callId: callId(), ...guest, state: 'left', isShown: true })
  expect(agent.coach.coaching.present).toEqual([])
  await finish()
  const [came, went] = await entriesOf('presence')
  expect([came!.data, went!.data]).toEqual([{ ...guest, state: 'joined' }, { ...guest, state: 'left' }])
  expect(went!.atMs - came!.atMs).toBe(3_000)
  await verify()
})

describe('who is with a call', () => {
  it('is written once however often it is told, and has left when the call is closed', async () => {
    tell('supervisor', 'joined')
    tell('supervisor', 'joined')
    tell('witness', 'joined', { person: BIMA })
    tell('supervisor', 'left')
    tell('supervisor', 'left')
    await finish()
    expect(await told()).toEqual(['Sari Wibowo supervisor joined', 'Bima Putra witness joined', 'Sari Wibowo supervisor left', 'Bima Putra witness left'])
    expect((await readEntries(agent.log)).map(({ kind }) => kind).slice(-3)).toEqual(['presence', 'close', 'seal'])
    await verify()
  })

  it('is shown to the technician only where he may know', () => {
    tell('supervisor', 'joined', { isShown: false })
    tell('witness', 'joined', { person: BIMA })
    expect(agent.coach.coaching.present).toEqual([{ person: BIMA, as: 'witness' }])
    tell('supervisor', 'joined', { isShown: true })
    expect(agent.coach.coaching.present).toHaveLength(2)
  })

  it('of another call is not written', async () => {
    agent.coach.handlePresence({ callId: makeCallId(), person: SARI, as: 'supervisor', state: 'joined', isShown: true })
    expect(await told()).toEqual([])
  })

  it('is known to an agent that goes on after the first one died', async () => {
    tell('witness', 'joined')
    await clock.advance(500)
    driver.die()
    await clock.advance(0)
    clock.killTimers()
    driver = new MemoryDriver(clock)
    agent = await TestAgent.start({ clock, driver, files, signer })
    driver.begin()
    await clock.advance(1_000)
    tell('witness', 'joined')
    await finish()
    expect(await told()).toEqual(['Sari Wibowo witness joined', 'Sari Wibowo witness left'])
  })
})

describe('a text', () => {
  it('is on the panel and in the log at once, and on the panel until it is read', async () => {
    const reads: string[] = []
    agent.coach.useLink({ sendCoachRead: ({ id }) => reads.push(id) })
    expect([write('a'), write('b', 'And the hotline.'), write('a')]).toEqual([true, true, true])
    expect(agent.coach.coaching.texts.map(({ id, text }) => [id, text])).toEqual([['a', 'Offer the 7-day pass.'], ['b', 'And the hotline.']])
    agent.coach.markRead('a')
    agent.coach.markRead('a')
    expect([agent.coach.coaching.texts.map(({ id }) => id), reads]).toEqual([['b'], ['a']])
    expect((await entriesOf('note')).map(({ data }) => data)).toEqual([{ by: SARI, text: 'Offer the 7-day pass.', to: 'technician' }, { by: SARI, text: 'And the hotline.', to: 'technician' }])
    expect(await told()).toEqual(['Sari Wibowo coach joined'])
    await finish()
    expect(agent.coach.coaching.texts).toEqual([])
  })

  it('that is read while the server is away is told when it is back', () => {
    const reads: string[] = []
    write('a')
    agent.coach.markRead('a')
    agent.coach.useLink({ sendCoachRead: ({ id }) => reads.push(id) })
    expect(reads).toEqual(['a'])
  })

  it('for a call that does not run is not taken', async () => {
    expect(agent.coach.handleText({ callId: makeCallId(), id: 'a', from: SARI, text: 'late' })).toBe(false)
    await finish()
    expect(write('a')).toBe(false)
  })
})

describe('a voice', () => {
  it('is heard where the softphone plays, and each press is a stretch of its own track', async () => {
    await speak(100)
    await clock.advance(3_000)
    await speak(50)
    await clock.advance(1_000)
    await finish()
    expect(driver.voices.map(({ beside, end }) => [beside, end])).toEqual([[SOFTPHONE, 'finished'], [SOFTPHONE, 'finished']])
    expect(driver.voices.map(({ samples }) => samples / 48)).toEqual([2_060, 1_060])
    const { completeness } = await verify()
    expect(completeness.coach).toMatchObject({ recordedMs: 3_000, pausedMs: 0, lostMs: 0 })
    const [first, second] = completeness.coach?.ranges ?? []
    expect([(first?.toMs ?? 0) - (first?.fromMs ?? 0), (second?.fromMs ?? 0) - (first?.toMs ?? 0)]).toEqual([2_000, 3_000])
    expect(completeness.tracks.map(({ track }) => track)).not.toContain('coach')
    const pages = readOggPages(await files.read(`${agent.log.folder}/coach.ogg`)).pages
    expect(new Set(pages.map(({ serial }) => serial)).size).toBe(1)
    expect(Number(pages.at(-1)?.granule) / 48).toBe(second?.toMs)
    expect(await told()).toEqual(['Sari Wibowo coach joined', 'Sari Wibowo coach left'])
  })

  it('has a gap and silence where packets did not arrive', async () => {
    await speak(100, { without: [40, 41, 42, 43, 44] })
    await clock.advance(1_000)
    await finish()
    expect((await verify()).completeness.coach).toMatchObject({ recordedMs: 1_900, lostMs: 100 })
    // Of the 100 ms the speaker was silent by itself for 40.
    expect(driver.voices[0]!.samples / 48).toBe(2_020)
  })

  it('is neither heard nor recorded in a pause, and what was spoken before it stays', async () => {
    await speak(60)
    const paused = agent.recorder.pause('card')
    expect(driver.voices.map(({ end }) => end)).toEqual(['cut'])
    await during(paused)
    await speak(60)
    await during(agent.recorder.resume())
    await speak(60)
    await clock.advance(1_000)
    await finish()
    const { completeness } = await verify()
    expect(driver.voices).toHaveLength(2)
    const paused0 = completeness.tracks[0]?.ranges.find(({ state }) => state === 'paused')
    for (const { fromMs, toMs } of completeness.coach?.ranges ?? []) expect(toMs <= (paused0?.fromMs ?? 0) || fromMs >= (paused0?.toMs ?? 0)).toBe(true)
    expect(completeness.coach?.recordedMs).toBeGreaterThan(2_300)
    expect(completeness.coach?.recordedMs).toBeLessThanOrEqual(2_400)
  })

  it('ends with the conversation', async () => {
    await speak(20)
    driver.end()
    await speak(20)
    await clock.advance(1_000)
    expect(driver.voices.map(({ end }) => end)).toEqual(['cut'])
    await agent.recorder.done()
    await verify()
  })

  it('of a second coach is not heard while the first one speaks', async () => {
    await speak(10)
    await speak(10, { from: BIMA })
    await clock.advance(1_000)
    await speak(10, { from: BIMA })
    await clock.advance(1_000)
    await finish()
    expect((await verify()).completeness.coach?.recordedMs).toBe(400)
  })

  it('that cannot be played is a fault, and not recorded as if it had been heard', async () => {
    await speak(10)
    driver.voices[0]!.fail('the sound server is gone')
    await speak(30)
    expect(agent.faults.list().map(({ id }) => id)).toEqual(['coach-unheard'])
    await clock.advance(1_000)
    await speak(10)
    expect(agent.faults.list()).toEqual([])
    await clock.advance(1_000)
    await finish()
    expect((await verify()).completeness.coach?.recordedMs).toBe(400)
  })

  it('of packets that are no sound of 20 ms changes nothing', async () => {
    const tenMs = Uint8Array.of(0xf0, 0xff, 0xfe)
    for (const [number, bytes] of [Uint8Array.of(), Uint8Array.of(0xff, 0xff, 0xff, 1), tenMs].entries()) agent.coach.handleVoice({ callId: callId(), from: SARI, number, bytes })
    await finish()
    expect([(await verify()).completeness.coach, driver.voices, await told()]).toEqual([null, [], []])
  })

  it('of an agent that dies is recorded to within half a second and goes on in the same stream', async () => {
    await speak(70)
    driver.die()
    await clock.advance(0)
    clock.killTimers()
    await clock.advance(2_000)
    driver = new MemoryDriver(clock)
    agent = await TestAgent.start({ clock, driver, files, signer })
    driver.begin()
    await clock.advance(1_000)
    await speak(50)
    await clock.advance(1_000)
    await finish()
    const { completeness } = await verify()
    expect(completeness.coach?.recordedMs).toBeGreaterThan(1_000 + 900)
    const pages = readOggPages(await files.read(`${agent.log.folder}/coach.ogg`)).pages
    expect(new Set(pages.map(({ serial }) => serial)).size).toBe(1)
    expect(pages.map(({ sequence }) => sequence)).toEqual(pages.map((_, index) => index))
  })
})
