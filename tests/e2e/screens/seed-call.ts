/** Puts a whole call where a running server keeps calls: files in its store, rows by the real projection, and what its jobs would have made. */
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallId } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { CallFeed } from '@/server/ingest/call-feed'
import { Projector } from '@/server/ingest/projection'
import { TASK_KINDS } from '@/server/jobs/call-tasks'
import { PEAKS_FILE, type Peaks } from '@/server/jobs/make-peaks'
import { PLAYBACK_FILE } from '@/server/jobs/playback-file'
import { makeStillsLayout, STILLS_FILE, STILLS_LAYOUT_FILE } from '@/server/jobs/make-stills'
import { makeFileMediaStore } from '@/server/media/file-media-store'
import type { MediaStore } from '@/server/media/media-store'
import { storeCall } from '../../support/store-call'
import { quietLog } from '../../server/ingest/ingest-harness'
import { makeTestDevice, type SampleCall } from '../../server/ingest/sample-call'
import { ffmpeg } from '../../server/transcribe/spoken-call'
import { writeWords } from '../pages/call-fixture'
import type { TestServer } from '../pages/server'
import { type ExtremeScript, writeExtremeCall } from './extreme-script'

/** `screen` is what the technician's screen shows all the time, a PNG. */
export async function seedCalls(server: TestServer, technician: Viewer, scripts: readonly ExtremeScript[], screen: Uint8Array): Promise<CallId[]> {
  const media = makeFileMediaStore(join(server.dataDir, 'media'))
  const calls: SampleCall[] = []
  for (const script of scripts) {
    const call = writeExtremeCall(await makeDevice(server, technician), script)
    await storeCall(media, call)
    await derive(media, call.callId, script, screen)
    calls.push(call)
  }
  const projector = await Projector.start({ database: server.database, media, feed: new CallFeed(quietLog), log: quietLog })
  await projector.flush()
  await projector.dispose()
  for (const [index, { callId }] of calls.entries()) {
    await server.database.callTask.createMany({ data: TASK_KINDS.map((kind) => ({ callId, kind, state: 'done', finishedAt: new Date(0) })) })
    await writeWords(server, callId, scripts[index]!.sentences)
  }
  await media.dispose()
  return calls.map(({ callId }) => callId)
}

async function makeDevice({ database }: TestServer, { id, name }: Viewer) {
  const device = makeTestDevice({ id, name })
  await database.device.create({ data: { id: device.id, userId: id, name: 'desk 4', publicKey: device.publicKey, tokenHash: randomBytes(32).toString('hex'), agentVersion: '0.1.0', platform: 'linux x64' } })
  return device
}

/** The same files as the jobs make (their own tests see to that), without hours of sound to be read. */
async function derive(media: MediaStore, callId: CallId, { lengthMs, hasScreen, sentences }: ExtremeScript, screen: Uint8Array): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'callwitness-screens-'))
  const [png, playback, stills] = [join(folder, 'screen.png'), join(folder, 'playback.mp4'), join(folder, 'stills.jpg')]
  const seconds = String(lengthMs / 1_000)
  await writeFile(png, screen)
  await media.replace(callId, PEAKS_FILE, Buffer.from(JSON.stringify(makePeaks(lengthMs, sentences))))
  if (hasScreen) {
    const layout = makeStillsLayout(lengthMs, { widthPx: 1_280, heightPx: 720 })
    const tile = `scale=${layout.widthPx}:${layout.heightPx},tile=${layout.columns}x${Math.ceil(layout.count / layout.columns)}:nb_frames=${layout.count}`
    await ffmpeg(['-loop', '1', '-i', png, '-vf', tile, '-frames:v', '1', stills])
    await media.replace(callId, STILLS_FILE, createReadStream(stills))
    await media.replace(callId, STILLS_LAYOUT_FILE, Buffer.from(JSON.stringify(layout)))
    await ffmpeg(['-loop', '1', '-framerate', '1/60', '-i', png, '-t', seconds, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-pix_fmt', 'yuv420p', '-movflags', '+faststart', playback])
  } else await ffmpeg(['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo', '-t', seconds, '-c:a', 'libopus', '-movflags', '+faststart', playback])
  await media.replace(callId, PLAYBACK_FILE, createReadStream(playback))
  await rm(folder, { recursive: true })
}

/** Syllables wherever somebody speaks. */
function makePeaks(lengthMs: number, sentences: ExtremeScript['sentences']): Peaks {
  const rateHz = Math.max(2, Math.min(50, Math.floor(36_000_000 / lengthMs)))
  const peaksOf = (track: string): number[] => {
    const peaks = new Array<number>(Math.ceil((lengthMs / 1_000) * rateHz)).fill(0.004)
    for (const { atMs, endMs } of sentences.filter((sentence) => sentence.track === track)) {
      for (let index = Math.floor((atMs * rateHz) / 1_000); index < Math.min(peaks.length, (endMs * rateHz) / 1_000); index++) peaks[index] = 0.15 + 0.5 * Math.abs(Math.sin(index * 1.7) * Math.sin(index * 0.31))
    }
    return peaks
  }
  return { rateHz, tracks: { technician: peaksOf('technician'), customer: peaksOf('customer') } }
}
