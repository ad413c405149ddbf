/**
 * A call as an agent would have written it, sent to a running server as an agent sends it: real voices, a real screen, and
 * actions until the log has as many entries as are asked for. What is derived of it the server derives itself.
 */
import type { Browser } from 'playwright-core'
import { OggOpusWriter } from '@/agent/capture/ogg-writer'
import type { ActionData } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import { OPUS_PACKET_MS, OPUS_SAMPLE_RATE_HZ, trackFile } from '@/protocol/tracks'
import { decideDevice, makeWrongCodeLimit } from '@/server/access/devices'
import type { Viewer } from '@/server/access/sessions'
import { askToBeLetIn, sendCall } from '../../tests/e2e/pages/agent'
import { waitForTasks } from '../../tests/e2e/pages/call-fixture'
import { SampleCall, type TestDevice } from '../../tests/server/ingest/sample-call'
import { encodeVoices, VOICE_TRACKS, type Voices } from '../voices'
import { type OfficeScreen, recordOfficeScreen } from './office-screen'
import type { BuiltServer } from './server'

const CHUNK_MS = 1_000
const PACKETS_PER_CHUNK = CHUNK_MS / OPUS_PACKET_MS
/** Seals and readings of the clocks. */
const SEAL_EVERY_MS = 30_000
/** Hearing an hour takes two cores some minutes. */
const TASKS_LIMIT_MS = 20 * 60_000

export type LongCall = Readonly<{ lengthMs: number; entryCount: number }>

/** Resolves when everything is derived. */
export async function recordLongCall(server: BuiltServer, browser: Browser, technician: Viewer, wanted: LongCall, say: (progress: string) => void): Promise<CallId> {
  const agent = await askToBeLetIn(server.origin, 'desk of the long call')
  await decideDevice({ database: server.database, wrongCodes: makeWrongCodeLimit() }, technician, agent.code.userCode, 'approved', null)
  const { device, token } = await agent.collect()
  say('drawing the screen and encoding the voices')
  const [voices, screen] = [await encodeVoices(wanted.lengthMs), await recordOfficeScreen(browser, wanted.lengthMs)]
  const call = writeCall(device, wanted, voices, screen)
  say(`sending ${call.entries.length} entries`)
  await sendCall(server.origin, token, call)
  say('waiting for transcript, playback file, peaks and stills')
  await waitForTasks(server, call.callId, TASKS_LIMIT_MS)
  return call.callId
}

/** What happens at a position, in the order of the log. */
type Deed = Readonly<{ atMs: number; write: () => void }>

function writeCall(device: TestDevice, { lengthMs, entryCount }: LongCall, voices: Voices, screen: OfficeScreen): SampleCall {
  const tracks = VOICE_TRACKS.map((track) => ({ track, codec: 'opus' as const, file: trackFile(track), sampleRateHz: OPUS_SAMPLE_RATE_HZ, channels: 1 as const }))
  const startedAt = new Date(Date.now() - lengthMs).toISOString()
  const call = new SampleCall(device, undefined, { startedAt, tracks: [...tracks, { track: 'screen', codec: 'vp9', file: trackFile('screen'), ...screen.size }] })
  const writers = VOICE_TRACKS.map((track, index) => ({ track, writer: new OggOpusWriter({ serial: index + 1 }) }))
  for (const { track, writer } of writers) call.audio(track, new Uint8Array(writer.header()), 0)
  call.screen(screen.header, 0)

  const sounds = Array.from({ length: lengthMs / CHUNK_MS }, (_, second): Deed => ({
    atMs: second * CHUNK_MS,
    write: () => {
      for (const { track, writer } of writers) call.audio(track, new Uint8Array(writer.page(voices[track].slice(second * PACKETS_PER_CHUNK, (second + 1) * PACKETS_PER_CHUNK))))
    },
  }))
  const pictures = screen.chunks.map(({ atMs, durationMs, payload }): Deed => ({ atMs, write: () => call.screen(payload, durationMs) }))
  const seals = Array.from({ length: Math.floor(lengthMs / SEAL_EVERY_MS) }, (_, index): Deed => {
    const atMs = index * SEAL_EVERY_MS
    return { atMs, write: () => call.add({ kind: 'clock', atMs, data: { wallMs: Date.parse(startedAt) + atMs, monotonicMs: atMs, bootId: 'boot', reason: index === 0 ? 'started' : 'periodic' } }).seal() }
  })
  const [hangUpCloseAndSeal, perSeal] = [3, 2]
  const others = call.entries.length + sounds.length * writers.length + pictures.length + seals.length * perSeal + hangUpCloseAndSeal
  const actionCount = Math.max(0, entryCount - others)
  const actions = Array.from({ length: actionCount }, (_, index): Deed => ({ atMs: Math.floor(((index + 0.5) / actionCount) * lengthMs), write: () => call.action(actionOf(index)) }))

  for (const { atMs, write } of [...sounds, ...pictures, ...seals, ...actions].sort((a, b) => a.atMs - b.atMs)) {
    call.atMs = atMs
    write()
  }
  call.atMs = lengthMs
  return call.hangUp().close().seal()
}

const FIELDS = ['roaming', 'plan', 'refund', 'address', 'voicemail'] as const

/** A technician goes to a record, changes fields and saves, and looks at his other windows meanwhile. */
function actionOf(index: number): Partial<ActionData> {
  const customer = { type: 'customer', id: String(1 + (index % 9)), name: 'Rina Hartono' }
  const field = FIELDS[index % FIELDS.length]!
  switch (index % 6) {
    case 0:
      return { verb: 'focused', source: 'desktop', object: { type: 'window', name: `Ticket ${48_213 + index} – Northstar` }, changes: [] }
    case 1:
      return { verb: 'visited', object: { type: 'page', name: 'Tickets', url: `https://northstar.example/tickets/${48_213 + index}` }, changes: [] }
    case 2:
      return { verb: 'opened', object: customer, changes: [] }
    case 5:
      return { verb: 'saved', object: customer, changes: [{ field, label: field, from: null, to: `value ${index}` }] }
    default:
      return { verb: 'changed', object: customer, changes: [{ field, label: field, from: `value ${index - 6}`, to: `value ${index}` }] }
  }
}
