/** Where nobody speaks and nothing is done: what "skip silence" passes over. Pure. */
import type { AudioTrack } from '@/protocol/tracks'
import type { CallView } from '@/server/timeline/view'

/** `[fromMs, toMs)` of the timeline. */
export type Silence = Readonly<{ fromMs: number; toMs: number }>
type Peaks = Readonly<{ rateHz: number; tracks: Readonly<Partial<Record<AudioTrack, readonly number[]>>> }>

/** Left before and after whatever happens, so that nothing begins abruptly. */
const AIR_MS = 400
/** An action is seen on the screen for a moment. */
const ACTION_SHOWN_MS = 1_500
const MIN_SKIPPED_MS = 1_500
/** Of full scale, about -30 dB: breath and room stay below. */
const QUIET_PEAK = 0.03

/** Words say best where somebody speaks; where none were recognised the peaks do, and where there are none of these nothing is skipped. */
export function findSilences(call: Pick<CallView, 'utterances' | 'actions' | 'lengthMs'>, peaks: Peaks | null): Silence[] {
  const spoken = call.utterances.length > 0 ? call.utterances.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs })) : peaks && findLoud(peaks)
  if (!spoken) return []
  const done = call.actions.map(({ atMs }) => ({ fromMs: atMs, toMs: atMs + ACTION_SHOWN_MS }))
  const busy = [...spoken, ...done].map(({ fromMs, toMs }) => ({ fromMs: fromMs - AIR_MS, toMs: toMs + AIR_MS })).sort((a, b) => a.fromMs - b.fromMs)
  const silences: Silence[] = []
  let quietFromMs = 0
  for (const { fromMs, toMs } of [...busy, { fromMs: call.lengthMs, toMs: call.lengthMs }]) {
    if (fromMs - quietFromMs >= MIN_SKIPPED_MS) silences.push({ fromMs: quietFromMs, toMs: fromMs })
    quietFromMs = Math.max(quietFromMs, toMs)
  }
  return silences
}

/** Where to go on from a position, `null` when it is not silent there. In order of position. */
export function endOfSilence(silences: readonly Silence[], atMs: number): number | null {
  const here = silences.find(({ toMs }) => toMs > atMs)
  return here && here.fromMs <= atMs ? here.toMs : null
}

function findLoud({ rateHz, tracks }: Peaks): Silence[] {
  const loud: { fromMs: number; toMs: number }[] = []
  const all = Object.values(tracks)
  const length = Math.max(0, ...all.map((track) => track.length))
  for (let index = 0; index < length; index++) {
    if (!all.some((track) => (track[index] ?? 0) > QUIET_PEAK)) continue
    const [fromMs, toMs] = [(index / rateHz) * 1_000, ((index + 1) / rateHz) * 1_000]
    const last = loud.at(-1)
    if (last && last.toMs >= fromMs) last.toMs = toMs
    else loud.push({ fromMs, toMs })
  }
  return loud
}
