/**
 * Marks what was heard in a track only because the other party's sound leaked into it, so that no word is given to both.
 *
 * A word is explained by the leak when it is no louder than the leak makes it. A run of such words is a leak if its loudness
 * also follows the source's; an utterance that is partly leak and partly speech is parted between them.
 */
import type { AudioTrack } from '@/protocol/tracks'
import { ENVELOPE_STEP_MS, type Envelope } from './envelope'
import { correlate, findLeakPath, levelDb, rootMeanSquare, type LeakPath } from './leak-path'
import type { LeakReport } from './leak-report'
import type { Utterance } from './utterances'
import { textOfWords, type Word } from './words'

/** Speech of one's own lifts a word above the leak by more than this. */
const LEVEL_MARGIN_DB = 5
const LEAST_CORRELATION = 0.8
/** The correlation of less sound says little: its surroundings are taken in. */
const LEAST_STEPS_TO_COMPARE = 600 / ENVELOPE_STEP_MS
/** A few quiet words within somebody's own speech are his. */
const LEAST_LEAKED_WORDS_AMONG_OWN = 3

export type MarkedTranscript = { utterances: Utterance[]; report: LeakReport }

export async function markLeaks(utterances: readonly Utterance[], envelopes: ReadonlyMap<AudioTrack, Envelope>): Promise<MarkedTranscript> {
  let marked = [...utterances]
  const report: LeakReport = []
  for (const [from, into] of [['technician', 'customer'], ['customer', 'technician']] as const) {
    const [source, target] = [envelopes.get(from), envelopes.get(into)]
    const path = source && target && (await findLeakPath(source, target))
    if (!path) continue
    const leak = new Leak(from, source, target, path)
    marked = marked.flatMap((utterance) => (utterance.track === into ? leak.part(utterance) : [utterance]))
    report.push({
      from,
      into,
      levelDb: Math.round(levelDb(path.gain) * 10) / 10,
      delayMs: Math.max(0, path.delaySteps * ENVELOPE_STEP_MS),
      utterancesMarked: marked.filter((utterance) => utterance.leakedFrom === from).length,
    })
  }
  return { utterances: marked, report }
}

type Run = { isLeaked: boolean; words: Word[] }

class Leak {
  private readonly floor: number

  constructor(
    private readonly from: AudioTrack,
    private readonly source: Envelope,
    private readonly target: Envelope,
    private readonly path: LeakPath,
  ) {
    const levels = target.slice(0, target.lengthSteps)
    this.floor = levels.toSorted()[Math.floor(levels.length * 0.2)] ?? 0
  }

  /** The utterance, or its parts where it changes between leak and speech. */
  part(utterance: Utterance): Utterance[] {
    const runs = this.findRuns(utterance.words)
    return runs.map(({ isLeaked, words }, index) => ({
      track: utterance.track,
      startMs: index === 0 ? utterance.startMs : words[0]!.startMs,
      endMs: index === runs.length - 1 ? utterance.endMs : words.at(-1)!.endMs,
      text: textOfWords(words),
      words,
      leakedFrom: isLeaked ? this.from : null,
    }))
  }

  private findRuns(words: readonly Word[]): Run[] {
    const byLevel = joinRuns(words.map((word) => ({ isLeaked: this.explainsLevel(word), words: [word] })))
    const isAllLeak = byLevel.every((run) => run.isLeaked)
    return joinRuns(byLevel.map((run) => ({
      ...run,
      isLeaked: run.isLeaked && (isAllLeak || run.words.length >= LEAST_LEAKED_WORDS_AMONG_OWN) && this.explainsCourse(run.words),
    })))
  }

  private explainsLevel({ startMs, endMs }: Word): boolean {
    const { heard, leaked } = this.levels(toStep(startMs), Math.max(toStep(endMs), toStep(startMs) + 1))
    return rootMeanSquare(heard) <= Math.hypot(rootMeanSquare(leaked), this.floor) * 10 ** (LEVEL_MARGIN_DB / 20)
  }

  private explainsCourse(words: readonly Word[]): boolean {
    const [from, to] = [toStep(words[0]!.startMs), toStep(words.at(-1)!.endMs)]
    const missing = Math.max(0, Math.ceil((LEAST_STEPS_TO_COMPARE - (to - from)) / 2))
    const { heard, leaked } = this.levels(from - missing, to + missing)
    return correlate(heard, leaked) >= LEAST_CORRELATION
  }

  /** What stands in the track, and what the leak alone would put there. */
  private levels(fromStep: number, toStep: number): { heard: Float32Array; leaked: Float32Array } {
    const { delaySteps, gain } = this.path
    const leaked = this.source.slice(fromStep - delaySteps, toStep - delaySteps).map((level) => level * gain)
    return { heard: this.target.slice(fromStep, toStep), leaked }
  }
}

const toStep = (ms: number): number => Math.round(ms / ENVELOPE_STEP_MS)

function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (last?.isLeaked === run.isLeaked) last.words.push(...run.words)
    else joined.push({ ...run, words: [...run.words] })
  }
  return joined
}
