/**
 * Listening live, end to end: a real agent on a desktop of its own, the whole server, a real Chromium with a window on another.
 *
 * Sound: clicks of the customer, from the sink that they are played into to the listener's loudspeaker; both sinks are tapped
 * by parec with a buffer of 5 ms. Screen: flashes, from the display's word that it has painted to the pixel of the page's
 * canvas. Captions: real voices, from the end of a word to the message that first covers it, as it comes from the page's own web socket.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { stopTestCluster } from '../../tests/support/postgres'
import { startTestServer, type TestServer } from '../../tests/support/server'
import { encodeOpus } from '../../tests/server/transcribe/spoken-call'
import { findSpeechData } from '../speech-data'
import { CallDesk, clickAndFlash, untilClicks, type AgentCost, type Series } from './call-desk'
import { BenchChild } from './child'
import type { CrowdCount } from './crowd'
import { JANUS_NAME, JanusAlternative } from './janus'
import { coveredLatencies, latenciesOf, quantilesOf, type Quantiles } from './latencies'
import { ListenerDesk } from './listener-desk'
import type { NewDevice, OtherCallsCount } from './other-calls'
import { changesSeen, originOf, wordsHeard } from './page-probe'
import { loadEngine, speak, type Spoken } from './spoken'
import { makeUtterance, type Utterance } from './utterance'

const SERIES: Series = { events: 42, limitMs: 800 }
/** With so many other calls two cores have more to do than they can. */
const PATIENT_SERIES: Series = { events: 24, limitMs: 1_600 }
/** On a busy machine the player of clicks stumbles too; what it did not play is not counted. */
const LEAST_CLICKS_SHARE = 0.7
const SPEECH_MS = 30_000
export const LISTENERS = 20
export const OTHER_CALLS = 100
const IDLE_MS = 15_000
/** A page that has just been opened is still busy with itself, and its jitter buffer trims once a second. */
const SETTLE_MS = 6_000
const CAPTIONS_REST_MS = 4_000
const PLAYER_LIMIT_MS = 10_000

export type Heard = { audioMs: Quantiles; screenMs: Quantiles; load: number }
export type Followed = Heard & { captionMs: Quantiles }
export type LiveFigures = {
  speech: string
  cores: number
  one: Followed
  many: Followed
  crowd: CrowdCount
  withOtherCalls: Heard & { otherCalls: OtherCallsCount }
  alternative: { name: string; audioMs: Quantiles; load: number }
  agent: { idle: AgentCost; listenedTo: AgentCost }
}

export async function benchLive(say: (progress: string) => void): Promise<LiveFigures> {
  const data = findSpeechData()
  say(`putting words together from ${data.name}`)
  const spoken = await speak(await loadEngine(say), data.clips.filter(({ isSynthetic }) => !isSynthetic), SPEECH_MS)
  const utterance = makeUtterance(spoken)

  const ends: (() => unknown)[] = [stopTestCluster]
  try {
    say('starting the server, the agent and Chromium')
    const server = await startTestServer()
    ends.push(() => server.dispose())
    const [technician, supervisor] = [await server.createUser('technician'), await server.signInAs('supervisor')]
    await server.database.team.create({ data: { name: 'Bench', members: { create: [technician, supervisor.viewer].map(({ id }) => ({ userId: id })) } } })
    const desk = await CallDesk.start(server, technician)
    ends.push(() => desk.stop())
    const listener = await ListenerDesk.start()
    ends.push(() => listener.stop())
    const open = async (): Promise<Page> => {
      const page = await listener.listen(server.origin, supervisor.viewer.email, desk.callId)
      await sleep(SETTLE_MS)
      return page
    }

    say(`nobody listens, ${IDLE_MS / 1_000} s`)
    const idle = await desk.costOf(() => sleep(IDLE_MS))

    say(`one listener: ${SERIES.events} clicks and flashes, then ${SPEECH_MS / 1_000} s of speech`)
    const first = await open()
    let heard: Heard | undefined
    const listenedTo = await desk.costOf(async () => (heard = await hearAndSee(desk, listener, first)))
    const one = { ...heard!, captionMs: await readAlong(desk, first, utterance) }
    await first.context().close()

    say('the alternative')
    await sleep(SETTLE_MS)
    const alternative = await hearAlternative(desk, listener)

    say(`${LISTENERS} listeners: the same`)
    const page = await open()
    const crowdProcess = BenchChild.start('crowd.ts', server.origin, supervisor.client.cookieHeader, desk.callId, String(LISTENERS - 1))
    ends.push(() => crowdProcess.end())
    await crowdProcess.hear()
    await sleep(SETTLE_MS)
    const many = { ...(await hearAndSee(desk, listener, page)), captionMs: await readAlong(desk, page, utterance) }
    const crowd = await crowdProcess.ask<CrowdCount>('count')

    say(`${OTHER_CALLS} other calls besides: ${PATIENT_SERIES.events} clicks and flashes`)
    const others = await startOtherCalls(server, spoken, ends)
    await sleep(SETTLE_MS)
    const withOthers = await hearAndSee(desk, listener, page, PATIENT_SERIES)
    const otherCalls = await others.ask<OtherCallsCount>('count')
    return { speech: data.name, cores: cpus().length, one, many, crowd, withOtherCalls: { ...withOthers, otherCalls }, alternative, agent: { idle, listenedTo } }
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

async function hearAndSee(desk: CallDesk, listener: ListenerDesk, page: Page, series = SERIES): Promise<Heard> {
  const { clicksWallMs, flashesWallMs } = await clickAndFlash(desk, series)
  const changes = await changesSeen(page)
  const shownMs = flashesWallMs.flatMap((flashMs, event) => latenciesOf([flashMs], changes.filter(({ isBright }) => isBright === (event % 2 === 0)).map(({ atMs }) => atMs), series.limitMs))
  return { audioMs: clickLatencies(clicksWallMs, listener, series), screenMs: quantilesOf(shownMs), load: loadavg()[0]! }
}

function clickLatencies(clicksWallMs: readonly number[], listener: ListenerDesk, { events, limitMs }: Series): Quantiles {
  if (clicksWallMs.length < events * LEAST_CLICKS_SHARE) throw new Error(`only ${clicksWallMs.length} of ${events} clicks passed the speaker's sink`)
  return quantilesOf(latenciesOf(clicksWallMs, listener.loudspeaker.clicksWallMs, limitMs))
}

/** The click before the first word tells when the sound passed the sink. */
async function readAlong(desk: CallDesk, page: Page, { sound, wordsAfterClick }: Utterance): Promise<Quantiles> {
  const firstClick = desk.customerTap.clicksWallMs.length
  desk.customer.play(sound)
  await untilClicks(desk.customerTap, firstClick + 1, PLAYER_LIMIT_MS)
  await sleep(sound.length / 48 + CAPTIONS_REST_MS)
  const originMs = await originOf(page)
  const clickMs = desk.customerTap.clicksWallMs[firstClick]! - originMs
  const words = wordsAfterClick.map((word) => ({ ...word, startMs: word.startMs + clickMs, endMs: word.endMs + clickMs }))
  const told = (await wordsHeard(page)).map(({ atMs, words }) => ({ atMs: atMs - originMs, words }))
  return quantilesOf(coveredLatencies('customer', words, told))
}

async function hearAlternative(desk: CallDesk, listener: ListenerDesk): Promise<LiveFigures['alternative']> {
  const janus = await JanusAlternative.start(desk.desktop)
  const page = await listener.newPage()
  try {
    await janus.listen(page)
    await sleep(SETTLE_MS)
    const series = { ...SERIES, isFlashing: false }
    const { clicksWallMs } = await clickAndFlash(desk, series)
    return { name: JANUS_NAME, audioMs: clickLatencies(clicksWallMs, listener, series), load: loadavg()[0]! }
  } finally {
    await page.context().close()
    await janus.stop()
  }
}

async function startOtherCalls(server: TestServer, { sound }: Spoken, ends: (() => unknown)[]): Promise<BenchChild> {
  const folder = await mkdtemp(join(tmpdir(), 'callwitness-bench-calls-'))
  ends.push(() => rm(folder, { recursive: true, force: true }))
  const packets = join(folder, 'packets.json')
  await writeFile(packets, JSON.stringify((await encodeOpus(sound)).map((bytes) => Buffer.from(bytes).toString('base64'))))
  const owner = await server.createUser('technician')
  const others = BenchChild.start('other-calls.ts', server.origin, owner.id, String(OTHER_CALLS), packets)
  ends.push(() => others.end())
  const devices = await others.hear<NewDevice[]>()
  await server.database.device.createMany({ data: devices.map(({ id, publicKey, tokenHash }) => ({ id, userId: owner.id, name: 'bench', publicKey, tokenHash, agentVersion: '0.1.0', platform: 'linux' })) })
  await others.ask('begin')
  return others
}
