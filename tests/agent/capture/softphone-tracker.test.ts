import { describe, expect, it } from 'vitest'
import type { PulseState, PulseStream } from '@/agent/capture/linux/pulse-state'
import { SoftphoneTracker } from '@/agent/capture/linux/softphone-tracker'

const MICROPHONE = 10
const MONITOR = 11

const makeStream = (index: number, fields: Partial<PulseStream> & { name?: string } = {}): PulseStream => ({
  index,
  deviceIndex: MICROPHONE,
  isCorked: false,
  application: { name: fields.name ?? 'Chromium', binary: 'chromium', processId: '' },
  mediaRole: null,
  mediaName: 'Playback',
  ...fields,
})

const makeState = (playbacks: PulseStream[], recordings: PulseStream[]): PulseState => ({
  defaultSource: 'headset',
  defaultSink: 'headset',
  sources: [
    { index: MICROPHONE, name: 'headset', description: 'Headset', isMonitor: false },
    { index: MONITOR, name: 'headset.monitor', description: 'Monitor', isMonitor: true },
  ],
  sinks: [],
  playbacks,
  recordings,
})
const silence = makeState([], [])
const talking = makeState([makeStream(1)], [makeStream(2)])
const held = makeState([makeStream(1, { isCorked: true })], [makeStream(2)])

/** The kinds of events that states at these times bring about. */
function follow(...steps: [nowMs: number, state: PulseState][]): string[] {
  const tracker = new SoftphoneTracker()
  return steps.flatMap(([nowMs, state]) => tracker.update(state, nowMs).map((event) => `${nowMs} ${event.kind}${event.kind === 'hold' ? ` ${event.isHeld}` : ''}`))
}

describe('a call', () => {
  it('begins when a program plays and uses the microphone for a quarter of a second', () => {
    expect(follow([0, silence], [100, talking], [300, talking], [350, talking])).toEqual(['350 began'])
  })

  it('begins at once when a stream says that it is a phone call', () => {
    expect(follow([100, makeState([makeStream(1, { mediaRole: 'phone' })], [makeStream(2)])])).toEqual(['100 began'])
  })

  it.each([
    ['a program that only plays', makeState([makeStream(1)], [])],
    ['a program that only records', makeState([], [makeStream(2)])],
    ['two programs, one each', makeState([makeStream(1)], [makeStream(2, { name: 'Recorder' })])],
    ['a program that records what the speaker plays', makeState([makeStream(1)], [makeStream(2, { deviceIndex: MONITOR })])],
    ['music', makeState([makeStream(1, { mediaRole: 'music' })], [makeStream(2)])],
    ['our own recording', makeState([makeStream(1, { name: 'Callwitness' })], [makeStream(2, { name: 'Callwitness', mediaName: 'callwitness-technician-1' })])],
    ['streams of no program', makeState([makeStream(1, { application: { name: '', binary: '', processId: '' } })], [makeStream(2, { application: { name: '', binary: '', processId: '' } })])],
  ])('is not %s', (_what, state) => {
    expect(follow([0, state], [1_000, state], [5_000, state])).toEqual([])
  })

  it('does not begin when the microphone is open for a moment only', () => {
    expect(follow([0, talking], [200, makeState([makeStream(1)], [])], [2_000, silence])).toEqual([])
  })

  it('is on hold while its playback is corked, and not for a moment only', () => {
    expect(follow([0, talking], [300, talking], [1_000, held], [1_100, talking], [2_000, held], [2_300, held], [9_000, talking])).toEqual(['300 began', '2300 hold true', '9000 hold false'])
  })

  it('ends when a stream has been gone for a second', () => {
    expect(follow([0, talking], [300, talking], [5_000, silence], [5_900, silence], [6_000, silence])).toEqual(['300 began', '6000 ended'])
  })

  it('goes on when the program changes its device', () => {
    const other = makeState([makeStream(7)], [makeStream(8)])
    expect(follow([0, talking], [300, talking], [5_000, silence], [5_800, other], [9_000, other])).toEqual(['300 began'])
  })

  it('ends when both streams stay corked, as an abandoned browser call leaves them', () => {
    const corked = makeState([makeStream(1, { isCorked: true })], [makeStream(2, { isCorked: true })])
    expect(follow([0, talking], [300, talking], [1_000, corked], [1_300, corked], [61_000, corked])).toEqual(['300 began', '1300 hold true', '61000 ended'])
  })

  it('is told apart from another one by its program', () => {
    const two = makeState([makeStream(1), makeStream(3, { name: 'Linphone' })], [makeStream(2), makeStream(4, { name: 'Linphone' })])
    expect(follow([0, talking], [300, talking], [1_000, two], [1_300, two], [5_000, talking], [6_100, talking])).toEqual(['300 began', '1300 began', '6100 ended'])
  })

  it('tells which streams and which microphone it has', () => {
    const tracker = new SoftphoneTracker()
    tracker.update(talking, 0)
    expect(tracker.update(talking, 300)).toEqual([{ kind: 'began', call: { application: 'Chromium', playbackStream: 1, microphoneStream: 2, microphoneDevice: 'headset' } }])
  })

  it('says when time alone will change something', () => {
    const tracker = new SoftphoneTracker()
    tracker.update(talking, 100)
    expect(tracker.nextDueMs(100)).toBe(350)
    tracker.update(talking, 350)
    expect(tracker.nextDueMs(400)).toBeNull()
  })
})
