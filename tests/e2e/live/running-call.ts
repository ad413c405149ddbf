/**
 * A call that runs, relayed in real time: the technician is a tone of 440 Hz, the customer one of 880 Hz, the screen is blue.
 * `turn` makes them 550 Hz, 1 100 Hz and red.
 */
import { makeCallId } from '@/protocol/ids'
import type { LiveItem } from '@/protocol/live-items'
import type { CoachVoice, Listen, LiveCallView } from '@/protocol/live-messages'
import { LiveWindow } from '@/protocol/live-window'
import type { Door, ListenerSocket } from './door'
import { colourFrame, tonePackets } from './media'

const PACKET_MS = 20
const FRAME_EVERY = 25

export class RunningCall {
  readonly callId = makeCallId()
  readonly originMs: number
  readonly listens: Listen[] = []
  readonly texts: string[] = []
  readonly voice: CoachVoice[] = []
  readonly call: LiveCallView
  witness = false
  private readonly tones = { technician: [tonePackets(440), tonePackets(550)], customer: [tonePackets(880), tonePackets(1_100)] } as const
  private readonly frames = [colourFrame('blue'), colourFrame('red')] as const
  private readonly window = new LiveWindow()
  private readonly timer: NodeJS.Timeout
  private count = 0
  private look: 0 | 1 = 0
  private isSending = true

  /** `pastMs`: how long it has been running. */
  constructor(private readonly door: Door, pastMs: number, values: Partial<LiveCallView> = {}) {
    this.originMs = Date.now() - pastMs
    this.call = {
      callId: this.callId,
      technician: { id: 'linda', name: 'Linda Marsh' },
      customerName: 'Rina Hartono',
      startedAt: new Date(this.originMs).toISOString(),
      tracks: ['technician', 'customer', 'screen'],
      screenSize: { widthPx: 640, heightPx: 360 },
      entries: [],
      words: [],
      captions: 'running',
      listenersShown: 'always',
      ...values,
    }
    this.relay()
    this.timer = setInterval(() => this.relay(), PACKET_MS)
    door.live.on('connection', this.admit)
  }

  turn(): void {
    this.look = 1
  }

  /** The agent's connection goes, and comes back with what it has captured meanwhile. */
  hold(): void {
    this.isSending = false
  }
  goOn(): void {
    this.isSending = true
  }

  end(): void {
    this.stop()
    this.door.live.emit('ended', { callId: this.callId, why: 'closed' })
  }

  stop(): void {
    clearInterval(this.timer)
    this.door.live.off('connection', this.admit)
  }

  private readonly admit = (socket: ListenerSocket): void => {
    socket.on('listen', (request, reply) => {
      if (request.callId !== this.callId) return reply({ ok: false, reason: 'no-right', message: 'There is no such call.' })
      this.listens.push(request)
      reply({ ok: true, call: this.call })
      const items = this.window.after(request.after ?? {})
      if (items.length > 0) socket.emit('items', { callId: this.callId, originMs: this.originMs, items, skipped: 0 })
      void socket.join(this.callId)
    })
    socket.on('leave', () => void socket.leave(this.callId))
    socket.on('coach-text', ({ text }, reply) => {
      this.texts.push(text)
      reply({ ok: true, id: String(this.texts.length), deliveredMs: 40 })
    })
    socket.on('coach-voice', (packet) => void this.voice.push(packet))
    socket.on('witness', ({ stands }, reply) => {
      this.witness = stands
      reply({ ok: true })
    })
  }

  /** All that has become due. */
  private relay(): void {
    if (!this.isSending) return
    const items: LiveItem[] = []
    for (; this.originMs + (this.count + 1) * PACKET_MS <= Date.now(); this.count++) items.push(...this.capture(this.count))
    const news = items.filter((item) => this.window.push(item))
    if (news.length > 0) this.door.live.to(this.callId).emit('items', { callId: this.callId, originMs: this.originMs, items: news, skipped: 0 })
  }

  private capture(count: number): LiveItem[] {
    const atMs = count * PACKET_MS
    const sound = (['technician', 'customer'] as const).map((track): LiveItem => {
      const packets = this.tones[track][this.look]
      return { track, atMs, isKey: true, bytes: Buffer.from(packets[count % packets.length]!) }
    })
    return count % FRAME_EVERY === 0 ? [...sound, { track: 'screen', atMs, isKey: true, bytes: Buffer.from(this.frames[this.look]) }] : sound
  }
}
