/** The media: every chunk has the hash that its entry names, and the chunks of a track tile its file without holes. */
import { sha256Hex } from '@/protocol/chain'
import { isMediaEntry, type LogEntry, type MediaEntry } from '@/protocol/entries'
import { trackFile, type Track } from '@/protocol/tracks'
import type { Removal } from './check-custody'
import { withFile, type LogFile, type LogFolder } from './log-folder'
import { makeVerdict, type Verdict } from './report'

export type Payloads = { removedSeqs: number[]; tilingFindings: string[]; verdict: Verdict }

type TrackResult = { hashFindings: string[]; tilingFindings: string[]; removedSeqs: number[]; bytes: number }

/** A crash may leave a chunk whose line was never written, so bytes at a file's end count only once the log is finished. */
export async function checkPayloads(folder: LogFolder, entries: LogEntry[], removals: ReadonlyMap<number, Removal>, isFinished: boolean): Promise<Payloads> {
  const chunks = entries.filter(isMediaEntry)
  const tracks = [...new Set(chunks.map(({ track }) => track))]
  const results = await Promise.all(tracks.map((track) => checkTrack(folder, track, chunks.filter((chunk) => chunk.track === track), removals, isFinished)))

  const removedSeqs = results.flatMap((result) => result.removedSeqs).sort((a, b) => a - b)
  const bytes = results.reduce((sum, result) => sum + result.bytes, 0)
  const matching = `${chunks.length - removedSeqs.length} of ${chunks.length} payloads (${Math.ceil(bytes / 1e3)} kB) have the hash that their entry names`
  const findings = results.flatMap((result) => result.hashFindings)
  const verdict = makeVerdict('payload hashes', findings, removedSeqs.length > 0 ? { state: 'note', summary: `${matching}; ${describeRemovals(removedSeqs, removals)}` } : { summary: matching })
  return { removedSeqs, tilingFindings: results.flatMap((result) => result.tilingFindings), verdict }
}

const checkTrack = (folder: LogFolder, track: Track, chunks: MediaEntry[], removals: ReadonlyMap<number, Removal>, isFinished: boolean): Promise<TrackResult> =>
  withFile(folder, trackFile(track), async (file) => {
    const result: TrackResult = { hashFindings: [], tilingFindings: [], removedSeqs: [], bytes: 0 }
    if (!file) {
      result.hashFindings.push(`${trackFile(track)} is missing: ${chunks.length} payloads were in it`)
      return result
    }
    let endBytes = 0
    for (const chunk of chunks) {
      if (chunk.offsetBytes !== endBytes) result.tilingFindings.push(`${trackFile(track)}: entry ${chunk.seq} begins at byte ${chunk.offsetBytes}, the one before ended at ${endBytes}`)
      endBytes = chunk.offsetBytes + chunk.bytes
      result.bytes += chunk.bytes
      await checkChunk(file, chunk, removals, result)
    }
    const surplusBytes = file.sizeBytes - endBytes
    if (surplusBytes > 0 && isFinished) result.tilingFindings.push(`${trackFile(track)}: ${surplusBytes} bytes at its end belong to no entry`)
    return result
  })

async function checkChunk(file: LogFile, chunk: MediaEntry, removals: ReadonlyMap<number, Removal>, result: TrackResult): Promise<void> {
  const payload = await file.read(chunk.offsetBytes, chunk.bytes)
  if (payload.length < chunk.bytes) {
    result.hashFindings.push(`entry ${chunk.seq}: ${trackFile(chunk.track)} ends ${chunk.bytes - payload.length} bytes before its payload does`)
  } else if ((await sha256Hex(payload)) !== chunk.sha256) {
    if (removals.has(chunk.seq)) result.removedSeqs.push(chunk.seq)
    else result.hashFindings.push(`entry ${chunk.seq}: the payload in ${trackFile(chunk.track)} at byte ${chunk.offsetBytes} is not what was recorded, and no custody entry says that it was removed`)
  }
}

function describeRemovals(seqs: number[], removals: ReadonlyMap<number, Removal>): string {
  const reasons = new Set(seqs.map((seq) => removals.get(seq)).map((removal) => `${removal?.by}: ${removal?.reason}`))
  return `${seqs.length} removed, as the custody log says (${[...reasons].join('; ')})`
}
