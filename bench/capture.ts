/** Recording: how far its time stamps are from the truth, and what it costs beyond the encoders that any recorder needs. */
import { type AgentCpu, benchAgentCpu } from './agent-cpu'
import { benchAlignment, type StampError } from './alignment'
import type { Bench, Figure } from './bench'

const MAX_ERROR_MS = 40
const MAX_CPU_RATIO = 1.15
const MAX_LISTENED_CPU_RATIO = 1.3

export const alignmentBench: Bench = {
  name: 'alignment',
  async measure(say) {
    say('playing clicks and painting flashes for two minutes')
    const { technician, customer, screen } = await benchAlignment()
    return [
      figureOf('time stamps of the technician’s sound', technician, 'parec tapping the same sink with a buffer of 5 ms'),
      figureOf('time stamps of the customer’s sound', customer, 'parec tapping the same sink with a buffer of 5 ms'),
      figureOf('time stamps of the screen, beyond its sampling of 200 ms', screen, 'the display’s own answer that it has painted'),
    ]
  },
}

export const agentCpuBench: Bench = {
  name: 'agent-cpu',
  async measure(say) {
    say('the agent records a call and sends it, beside it the bare encoders')
    const { unheard, listenedTo } = await benchAgentCpu()
    for (const { parts } of [unheard, listenedTo]) say(`seconds a minute: ${parts.map(({ program, secondsPerMinute }) => `${program} ${secondsPerMinute.toFixed(2)}`).join(', ')}`)
    return [cpuFigureOf('CPU of the agent recording two voices and a busy screen', unheard, MAX_CPU_RATIO), cpuFigureOf('the same while somebody listens', listenedTo, MAX_LISTENED_CPU_RATIO)]
  },
}

const cpuFigureOf = (what: string, { agentSecondsPerMinute, bareSecondsPerMinute, ratio }: AgentCpu, maxRatio: number): Figure => ({
  what,
  measured: `${agentSecondsPerMinute.toFixed(1)} s a minute, ${((ratio - 1) * 100).toFixed(0)} % more`,
  budget: `≤ ${((maxRatio - 1) * 100).toFixed(0)} % more than the encoders`,
  comparedTo: `the same ffmpeg commands alone: ${bareSecondsPerMinute.toFixed(1)} s a minute`,
  isWithinBudget: ratio <= maxRatio,
})

const figureOf = (what: string, { count, expected, p50Ms, p99Ms }: StampError, truth: string): Figure => ({
  what,
  measured: `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms (${count} of ${expected})`,
  budget: `p99 ≤ ${MAX_ERROR_MS} ms`,
  comparedTo: `against ${truth}`,
  isWithinBudget: p99Ms <= MAX_ERROR_MS && count === expected,
})
