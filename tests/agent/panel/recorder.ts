/** A recorder in memory behind the panel: keeps a state, notes what it was asked, and refuses on demand. */
import type { LiveReading, PanelCall, PanelControls, PanelState } from '@/agent/panel/ports'

export const LINDA = { id: 'u-1', name: 'Linda Marsh' }

export const makeIdle = (over: Partial<PanelState> = {}): PanelState => ({ phase: 'idle', startsBy: 'softphone-or-hand', technician: LINDA, uplink: { state: 'saved' }, faults: [], pauseKey: 'F8', ...over }) as PanelState // phases are not mixed

export const makeCall = (over: Partial<PanelCall> = {}): PanelCall => ({
  tracks: [{ track: 'technician', state: 'recording' }, { track: 'customer', state: 'recording' }, { track: 'screen', state: 'recording' }],
  consent: { state: 'given', atMs: 4_000 },
  record: { source: 'Northstar Mobile CRM', type: 'customer', id: 'C-20418', name: 'Rina Hartono', url: null },
  recentActions: [
    { atMs: 123_000, action: { source: 'crm', verb: 'changed', object: { type: 'customer', id: 'C-20418', name: 'Rina Hartono' }, changes: [{ field: 'roaming', label: 'International roaming', from: 'off', to: 'on' }] } },
    { atMs: 44_000, action: { source: 'crm', verb: 'opened', object: { type: 'customer', id: 'C-20418', name: 'Rina Hartono' }, changes: [] } },
  ],
  coaching: { present: [], texts: [], speaker: null },
  ...over,
})

export const makeRecording = (call: Partial<PanelCall> = {}, over: Partial<PanelState> = {}): PanelState => ({ ...makeIdle(), phase: 'recording', call: makeCall(call), ...over }) as PanelState // as above
export const makePaused = (): PanelState => ({ ...makeIdle(), phase: 'paused', call: makeCall(), pause: { fromMs: 136_000, reason: 'card', by: LINDA } })
export const makeWrapUp = (): PanelState => ({ ...makeIdle(), phase: 'wrap-up', call: makeCall(), hangUpAtMs: 252_000, endsAtMs: 372_000 })

export class MemoryRecorder implements PanelControls {
  readonly asked: string[] = []
  refusal: string | null = null
  live: LiveReading | null = null
  private readonly listeners = new Set<(state: PanelState) => void>()

  constructor(private current: PanelState = makeIdle()) {}

  state = (): PanelState => this.current
  reading = (): LiveReading | null => this.live
  watchReadings = (): (() => void) => () => undefined
  get watchers(): number {
    return this.listeners.size
  }
  subscribe(listener: (state: PanelState) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
  become(state: PanelState): void {
    this.current = state
    for (const listener of this.listeners) listener(state)
  }

  start = (): Promise<void> => this.ask('start', makeRecording())
  stop = (): Promise<void> => this.ask('stop', makeWrapUp())
  pause = (reason: string): Promise<void> => this.ask(`pause ${reason}`, makePaused())
  resume = (): Promise<void> => this.ask('resume', makeRecording())
  note = (text: string): Promise<void> => this.ask(`note ${text}`)
  read = (id: string): Promise<void> => this.ask(`read ${id}`)
  done = (): Promise<void> => this.ask('done', makeIdle())

  private ask(what: string, next?: PanelState): Promise<void> {
    if (this.refusal) return Promise.reject(new Error(this.refusal))
    this.asked.push(what)
    if (next) this.become(next)
    return Promise.resolve()
  }
}
