/**
 * One call that is listened to, as the server tells of it. States: `joining`, `listening`, `refused`, `ended`. After a cut it
 * joins again and asks for what it does not have yet; while the technician's computer is not there it tries every second.
 */
import type { LogEntry } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { LiveCallView, LiveEmits, LiveEnd, LiveReply, LiveWords } from '@/protocol/live-messages'
import { addLiveWords } from '@/protocol/live-words'
import { CallPlayer } from './call-player'
import type { LiveLink } from './live-link'
import { asSent, ask } from './live-socket'
import { Store } from './store'

const REJOIN_EVERY_MS = 1_000

/** Text to the technician: on its way, on his panel, read by him, or not delivered and why (empty: nobody answered). */
export type SentText = Readonly<{ key: number; text: string }> & ({ state: 'sending' } | { state: 'delivered' | 'read'; id: string; atMs: number } | { state: 'failed'; why: string })
export type ListeningState =
  | Readonly<{ state: 'joining' }>
  | Readonly<{ state: 'refused'; message: string }>
  | Readonly<{ state: 'ended'; why: LiveEnd; call: LiveCallView | null }>
  | Readonly<{ state: 'listening'; call: LiveCallView }>

type TextReply = LiveReply<{ id: string; deliveredMs: number }>

export class CallListening {
  readonly state = new Store<ListeningState>({ state: 'joining' })
  /** In order of `seq`. */
  readonly entries = new Store<readonly LogEntry[]>([])
  readonly words = new Store<readonly LiveWords[]>([])
  readonly captions = new Store<LiveCallView['captions']>('running')
  readonly isAgentAway = new Store(false)
  readonly texts = new Store<readonly SentText[]>([])
  readonly isWitness = new Store(false)
  readonly player: CallPlayer
  private readonly stopJoining: () => void
  private rejoinTimer: ReturnType<typeof setTimeout> | undefined
  private joinCount = 0
  private textCount = 0

  constructor(private readonly link: LiveLink, private readonly callId: CallId) {
    this.player = new CallPlayer(link.clock)
    const { socket } = link
    socket.on('items', this.handleItems)
    socket.on('entries', this.handleEntries)
    socket.on('words', this.handleWords)
    socket.on('captions', this.handleCaptions)
    socket.on('uplink', this.handleUplink)
    socket.on('coach-read', this.handleRead)
    socket.on('ended', this.handleEnded)
    this.stopJoining = link.onOpen(() => void this.join())
  }

  async sendText(text: string): Promise<void> {
    const key = ++this.textCount
    this.texts.update((before) => [...before, { key, text, state: 'sending' }])
    const answer = await ask<TextReply>(this.link.socket, (socket) => socket.emitWithAck('coach-text', { callId: this.callId, text }))
    this.texts.update((before) => before.map((sent) => (sent.key === key ? outcomeOf(key, text, answer) : sent)))
  }

  /** Late voice helps nobody: while the server is away it is dropped. */
  sendVoice(number: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.link.socket.volatile.emit('coach-voice', { callId: this.callId, number, bytes: asSent(bytes) })
  }

  /** Answers why not, empty when nobody answered, or `null` when it was done. */
  async standAsWitness(stands: boolean): Promise<string | null> {
    const answer = await ask<LiveReply>(this.link.socket, (socket) => socket.emitWithAck('witness', { callId: this.callId, stands }))
    if (!answer?.ok) return answer?.message ?? ''
    this.isWitness.set(stands)
    return null
  }

  dispose(): void {
    this.stopJoining()
    this.stopRejoining()
    const { socket } = this.link
    socket.emit('leave')
    socket.off('items', this.handleItems).off('entries', this.handleEntries).off('words', this.handleWords).off('captions', this.handleCaptions)
    socket.off('uplink', this.handleUplink).off('coach-read', this.handleRead).off('ended', this.handleEnded)
    this.player.dispose()
  }

  private async join(): Promise<void> {
    if (this.state.get().state === 'ended') return
    const count = this.stopRejoining()
    const answer = await ask<LiveReply<{ call: LiveCallView }>>(this.link.socket, (socket) => socket.emitWithAck('listen', { callId: this.callId, after: this.player.window.positions }))
    // A later connection joins by itself.
    if (count !== this.joinCount || !this.link.socket.connected) return
    if (answer?.ok) return this.begin(answer.call)
    if (answer?.reason === 'no-right') return this.refuse(answer.message)
    const before = this.state.get()
    // One that never began has nothing to wait for.
    if (answer?.reason === 'failed' && before.state !== 'listening') return this.refuse(answer.message)
    this.isAgentAway.set(true)
    this.rejoinTimer = setTimeout(() => void this.join(), REJOIN_EVERY_MS)
  }

  private refuse(message: string): void {
    const before = this.state.get()
    this.state.set(before.state === 'listening' ? { state: 'ended', why: 'closed', call: before.call } : { state: 'refused', message })
  }

  private begin(call: LiveCallView): void {
    this.addEntries(call.entries)
    this.words.update((held) => call.words.reduce(addLiveWords, held))
    this.captions.set(call.captions)
    this.isAgentAway.set(false)
    this.state.set({ state: 'listening', call })
    if (this.isWitness.get()) void this.standAsWitness(true)
  }

  /** Answers the number of the join that begins now; an earlier one does nothing more. */
  private stopRejoining(): number {
    clearTimeout(this.rejoinTimer)
    return ++this.joinCount
  }

  private addEntries(news: readonly LogEntry[]): void {
    const known = new Set(this.entries.get().map(({ seq }) => seq))
    const added = news.filter(({ seq }) => !known.has(seq))
    if (added.length > 0) this.entries.update((before) => [...before, ...added].sort((a, b) => a.seq - b.seq))
  }

  private readonly handleItems: LiveEmits['items'] = (message) => {
    if (message.callId === this.callId) this.player.receive(message)
  }
  private readonly handleEntries: LiveEmits['entries'] = ({ callId, entries }) => {
    if (callId === this.callId) this.addEntries(entries)
  }
  private readonly handleWords: LiveEmits['words'] = ({ callId, words }) => {
    if (callId === this.callId) this.words.update((before) => words.reduce(addLiveWords, before))
  }
  private readonly handleCaptions: LiveEmits['captions'] = ({ callId, captions }) => {
    if (callId === this.callId) this.captions.set(captions)
  }
  private readonly handleUplink: LiveEmits['uplink'] = ({ callId, isAway }) => {
    if (callId === this.callId) this.isAgentAway.set(isAway)
  }
  private readonly handleRead: LiveEmits['coach-read'] = ({ callId, id }) => {
    if (callId === this.callId) this.texts.update((before) => before.map((sent) => (sent.state === 'delivered' && sent.id === id ? { ...sent, state: 'read' } : sent)))
  }
  private readonly handleEnded: LiveEmits['ended'] = ({ callId, why }) => {
    if (callId !== this.callId) return
    this.stopRejoining()
    const before = this.state.get()
    this.state.set({ state: 'ended', why, call: before.state === 'listening' ? before.call : null })
  }
}

function outcomeOf(key: number, text: string, answer: TextReply | null): SentText {
  if (!answer?.ok) return { key, text, state: 'failed', why: answer?.message ?? '' }
  return { key, text, state: 'delivered', id: answer.id, atMs: answer.deliveredMs }
}
