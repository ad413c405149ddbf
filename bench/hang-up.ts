/**
 * From the close of a call of one hour to its final transcript. The hour goes through the live path faster than it would in
 * life; only its end is timed. Compared with what hearing the whole hour took, which is what would have to be done if it began at the close.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { OggOpusWriter } from '@/agent/capture/ogg-writer'
import { LOG_FILE } from '@/protocol/entries'
import { OPUS_PACKET_MS, trackFile } from '@/protocol/tracks'
import { CallFeed } from '@/server/ingest/call-feed'
import { startJobs } from '@/server/jobs/runner'
import { makeFileMediaStore } from '@/server/media/file-media-store'
import { OpusPacketReader } from '@/server/media/opus-packets'
import { startLiveTranscriber } from '@/server/transcribe/live-transcriber'
import { prepareModel } from '@/server/transcribe/prepare-model'
import type { SpeechService } from '@/server/transcribe/speech-service'
import { SpeechWorkers } from '@/server/transcribe/worker-pool'
import { makeWorkerSpawner } from '@/server/transcribe/worker-process'
import { joinLines, LogBuilder, OPEN_DATA } from '../tests/fixtures/log-builder'
import { makeCallRow } from '../tests/server/jobs/call-rows'
import { makeTestDatabase } from '../tests/support/postgres'
import type { Bench } from './bench'
import { findSpeechData } from './speech-data'

const run = promisify(execFile)
const BUDGET_S = 5
const HOUR_MS = 60 * 60 * 1_000
const PACKETS_PER_CHUNK = 50
const CHUNK_MS = PACKETS_PER_CHUNK * OPUS_PACKET_MS
/** Lines of log that arrive at once while the hour is caught up. */
const LINES_PER_STEP = 100
/** The end as it happens in life: the last chunks, hang-up and close come together. */
const LAST_LINES = 6
/** `open` and the tracks' headers. */
const LINES_BEFORE_CHUNKS = 3
const TRACKS = ['technician', 'customer'] as const

export type HangUpFigures = { callMs: number; utterances: number; secondsToTranscript: number; secondsOfHearing: number }

export async function benchHangUpToTranscript(say: (progress: string) => void = () => undefined, callMs = HOUR_MS): Promise<HangUpFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'callwitness-bench-hang-up-'))
  const modelsDir = resolve('models')
  await prepareModel({ modelsDir, onProgress: say })
  say('building the call')
  const log = await buildCall(callMs)
  const callId = OPEN_DATA.callId
  const db = await makeTestDatabase()
  const media = makeFileMediaStore(folder)
  const report = { error: (message: string, cause: unknown) => say(`${message}: ${String(cause)}`), warn: say }
  const workers = new SpeechWorkers({ spawn: makeWorkerSpawner(modelsDir), log: report })
  const speech = new WatchedSpeech(workers)
  const feed = new CallFeed(report)
  const deps = { database: db.database, databaseUrl: db.url, media, feed, speech, log: report }
  const live = await startLiveTranscriber(deps)
  const jobs = await startJobs({ ...deps, live, runsTasks: true })
  try {
    await makeCallRow(db.database, callId, 'recording')
    for (const track of TRACKS) await media.write(callId, trackFile(track), 0, log.files().get(trackFile(track))!)
    const lines = log.lines
    const grow = async (toLine: number): Promise<void> => media.write(callId, LOG_FILE, 0, joinLines(lines.slice(0, toLine)))

    const beganMs = performance.now()
    for (let line = LINES_PER_STEP; line < lines.length - LAST_LINES; line += LINES_PER_STEP) {
      await grow(line)
      feed.publish('call.projected', { callId, seq: line - 1, state: 'recording' })
      await speech.untilHeard(line - LINES_BEFORE_CHUNKS)
      if (line % (LINES_PER_STEP * 10) === 0) say(`${Math.round((line / lines.length) * 100)} % of the call has been said`)
    }
    await grow(lines.length - LAST_LINES)
    feed.publish('call.projected', { callId, seq: lines.length - LAST_LINES - 1, state: 'recording' })
    await speech.untilHeard(lines.length - LAST_LINES - LINES_BEFORE_CHUNKS)

    say('hanging up')
    const hungUpMs = performance.now()
    const secondsOfHearing = (hungUpMs - beganMs) / 1_000
    await grow(lines.length)
    await db.database.call.update({ where: { id: callId }, data: { state: 'closed' } })
    feed.publish('call.projected', { callId, seq: lines.length - 1, state: 'closed' })
    await untilTranscript(deps.database, callId)
    const secondsToTranscript = (performance.now() - hungUpMs) / 1_000
    return { callMs, utterances: await db.database.utterance.count({ where: { callId } }), secondsToTranscript, secondsOfHearing }
  } finally {
    await workers.dispose()
    await jobs.dispose()
    await live.dispose()
    await media.dispose()
    await db.drop()
    await rm(folder, { recursive: true, force: true })
  }
}

export const hangUpBench: Bench = {
  name: 'hang-up',
  async measure(say) {
    const { callMs, utterances, secondsToTranscript, secondsOfHearing } = await benchHangUpToTranscript(say)
    return [{
      what: `close to final transcript, call of ${Math.round(callMs / 60_000)} minutes with ${utterances} utterances`,
      measured: `${secondsToTranscript.toFixed(1)} s`,
      budget: `≤ ${BUDGET_S} s`,
      comparedTo: `hearing the whole call: ${secondsOfHearing.toFixed(0)} s`,
      isWithinBudget: secondsToTranscript <= BUDGET_S,
    }]
  },
}

/** Knows how many chunks have been heard, and whether something is being transcribed. */
class WatchedSpeech implements SpeechService {
  private running = 0
  private chunks = 0

  constructor(private readonly speech: SpeechService) {}

  hear: SpeechService['hear'] = async (...request) => {
    const heard = await this.count(this.speech.hear(...request))
    this.chunks++
    return heard
  }
  transcribe: SpeechService['transcribe'] = (...request) => this.count(this.speech.transcribe(...request))
  dispose = (): Promise<void> => this.speech.dispose()

  async untilHeard(chunks: number): Promise<void> {
    do await sleep(20)
    while (this.chunks < chunks || this.running > 0)
  }

  private async count<T>(answer: Promise<T>): Promise<T> {
    this.running++
    try {
      return await answer
    } finally {
      this.running--
    }
  }
}

async function untilTranscript(database: Awaited<ReturnType<typeof makeTestDatabase>>['database'], callId: string): Promise<void> {
  for (;;) {
    const task = await database.callTask.findUnique({ where: { callId_kind: { callId, kind: 'transcript' } } })
    if (task?.state === 'done') return
    if (task?.state === 'failed') throw new Error(`the transcript failed: ${task.error}`)
    await sleep(50)
  }
}

/** The calls at hand one after the other until the time is up, a chunk a second of each party. */
async function buildCall(callMs: number): Promise<LogBuilder> {
  const calls = await Promise.all(findSpeechData().calls.map(async (call) => ({ technician: await encode(call.technician), customer: await encode(call.customer) })))
  const tracks = { technician: [] as Uint8Array[], customer: [] as Uint8Array[] }
  for (let turn = 0; tracks.technician.length < callMs / OPUS_PACKET_MS; turn++) {
    const call = calls[turn % calls.length]!
    const length = Math.min(call.technician.length, call.customer.length)
    for (const track of TRACKS) tracks[track].push(...call[track].slice(0, length))
  }
  const log = new LogBuilder()
  const writers = { technician: new OggOpusWriter({ serial: 1 }), customer: new OggOpusWriter({ serial: 2 }) }
  for (const track of TRACKS) log.chunk(track, 0, 0, writers[track].header())
  for (let chunk = 0; chunk < callMs / CHUNK_MS; chunk++) {
    for (const track of TRACKS) {
      const packets = tracks[track].slice(chunk * PACKETS_PER_CHUNK, (chunk + 1) * PACKETS_PER_CHUNK)
      log.chunk(track, chunk * CHUNK_MS, CHUNK_MS, writers[track].page(packets))
    }
  }
  return log.add({ atMs: callMs, kind: 'hangup', data: { by: 'softphone' } }).add({ atMs: callMs, kind: 'close', data: { reason: 'done' } })
}

async function encode(path: string): Promise<Uint8Array[]> {
  const encoder = ['-c:a', 'libopus', '-application', 'voip', '-frame_duration', String(OPUS_PACKET_MS), '-b:a', '24k', '-ac', '1', '-f', 'ogg', 'pipe:1']
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, ...encoder], { encoding: 'buffer', maxBuffer: 1 << 30 })
  return new OpusPacketReader().read(stdout).flatMap((page) => page.packets)
}
