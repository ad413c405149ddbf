/** `npm run bench -- live`: the figures beside their budgets, and the line that machines read. */
import type { Bench, Figure } from '../bench'
import { LISTENERS, OTHER_CALLS, benchLive, type Followed, type Heard, type LiveFigures } from './live'
import type { Quantiles } from './latencies'

const BUDGET = { audioMs: 150, screenMs: 300, captionMs: 2_000, audioOfManyMs: 250 }

export const liveBench: Bench = {
  name: 'live',
  async measure(say, tellMachine) {
    const live = await benchLive(say)
    tellMachine(summaryOf(live))
    return figuresOf(live)
  },
}

function figuresOf({ speech, cores, one, many, crowd, withOtherCalls, alternative, agent }: LiveFigures): Figure[] {
  const machine = ({ load }: { load: number }): string => `load ${load.toFixed(1)} on ${cores} cores`
  const janus = `${alternative.name}: ${describe(alternative.audioMs)} in the same run`
  const { otherCalls } = withOtherCalls
  return [
    within('one listener, sound card to loudspeaker', one.audioMs, BUDGET.audioMs, `${janus}; ${machine(one)}`),
    within('one listener, painted to seen', one.screenMs, BUDGET.screenMs, `the agent looks at the screen every 200 ms; ${machine(one)}`),
    within('one listener, end of a word to its caption', one.captionMs, BUDGET.captionMs, `${speech}; ${machine(one)}`),
    within(`${LISTENERS} listeners, sound card to loudspeaker`, many.audioMs, BUDGET.audioOfManyMs, `the others got at least ${crowd.leastPackets} packets each; ${machine(many)}`),
    within(`${LISTENERS} listeners, painted to seen`, many.screenMs, null, machine(many)),
    within(`${LISTENERS} listeners, end of a word to its caption`, many.captionMs, null, machine(many)),
    within(`${LISTENERS} listeners and ${OTHER_CALLS} other calls, sound card to loudspeaker`, withOtherCalls.audioMs, null, `of the other calls' ${otherCalls.due} batches ${otherCalls.acknowledged} were acknowledged, p95 ${otherCalls.ackP95Ms.toFixed(0)} ms; ${machine(withOtherCalls)}`),
    within(`${LISTENERS} listeners and ${OTHER_CALLS} other calls, painted to seen`, withOtherCalls.screenMs, null, machine(withOtherCalls)),
    {
      what: 'the agent while nobody listens',
      measured: describeCost(agent.idle),
      budget: 'none',
      comparedTo: `while somebody does: ${describeCost(agent.listenedTo)}`,
      isWithinBudget: true,
    },
  ]
}

const within = (what: string, quantiles: Quantiles, budgetMs: number | null, comparedTo: string): Figure => ({
  what,
  measured: describe(quantiles),
  budget: budgetMs === null ? 'none' : `≤ ${budgetMs} ms p95`,
  comparedTo,
  isWithinBudget: budgetMs === null || quantiles.p95 <= budgetMs,
})

const describe = ({ p50, p95, max, count, lost }: Quantiles): string => `${inMs(p50)} median, ${inMs(p95)} p95, ${inMs(max)} at most, of ${count}${lost > 0 ? `, ${lost} never` : ''}`
const inMs = (ms: number): string => (Number.isFinite(ms) ? `${ms.toFixed(0)} ms` : 'never')
const describeCost = ({ messagesPerSecond, bytesPerSecond, cpuSecondsPerMinute }: LiveFigures['agent']['idle']): string =>
  `${messagesPerSecond.toFixed(1)} messages and ${(bytesPerSecond / 1_000).toFixed(1)} kB a second, ${cpuSecondsPerMinute.toFixed(1)} s of processor a minute`

/** Times that were not reached are `null`. */
function summaryOf({ cores, one, many, withOtherCalls, alternative, agent }: LiveFigures): object {
  const heard = ({ audioMs, screenMs, load }: Heard) => ({ audioMs: brief(audioMs), screenMs: brief(screenMs), load })
  const followed = (each: Followed) => ({ ...heard(each), captionMs: brief(each.captionMs) })
  return {
    listeners: { 1: followed(one), [LISTENERS]: followed(many) },
    withOtherCalls: { calls: OTHER_CALLS, ...heard(withOtherCalls), acknowledged: withOtherCalls.otherCalls },
    alternative: { name: alternative.name, audioMs: brief(alternative.audioMs), load: alternative.load },
    agent,
    cores,
  }
}

const brief = ({ p50, p95, count, lost }: Quantiles) => ({ p50: Math.round(p50), p95: Math.round(p95), count, lost })
