/** What one page asks for. Unknown and forbidden are answered alike; to a guest all but his call is forbidden, and a word in it too. */
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { CallId } from '@/protocol/ids'
import { coachTextSchema, coachVoiceSchema, listenSchema, type LiveCallView, type LiveRefusal, type LiveReply, witnessSchema } from '@/protocol/live-messages'
import type { CallVerb } from '../access/call-acts'
import type { Viewer } from '../access/sessions'
import { isGuest, mayHear, personOf } from './admission'
import { presentGuest } from './audience'
import { showBoard } from './board-pages'
import { recordGuestJoined } from './guests'
import type { LivePagesDeps } from './live-pages'
import { boardRoomsOf } from './live-rights'
import { type ListenerSocket, roomsOf } from './rooms'

/** Who is let into a call is given its whole log: a page that asks for it more often waits. */
const LISTEN_EVERY_MS = 1_000

export class LivePage {
  /** Packets of the supervisor's voice one after the other, the first behind its audit. */
  private voice: Promise<unknown> = Promise.resolve()
  /** Counts what was asked: who leaves, or goes on to another call, while he joins one is not let into it. */
  private turn = 0
  private mayListenAtMs = 0

  constructor(
    private readonly socket: ListenerSocket,
    private readonly deps: LivePagesDeps,
  ) {}

  serve(): void {
    const { socket } = this
    socket.on('time', (reply) => typeof reply === 'function' && reply(Date.now()))
    socket.on('watch-board', (reply) => this.answer(reply, () => this.watchBoard()))
    socket.on('leave-board', () => {
      for (const room of socket.data.boardRooms ?? []) void socket.leave(room)
      socket.data.boardRooms = null
    })
    socket.on('listen', (request, reply) => this.answer(reply, () => this.listen(listenSchema.parse(request))))
    socket.on('leave', () => this.leave())
    socket.on('disconnect', () => this.leave())
    socket.on('coach-text', (request, reply) => this.answer(reply, () => this.sendText(coachTextSchema.parse(request))))
    socket.on('coach-voice', (packet) => this.sendVoice(packet))
    socket.on('witness', (request, reply) => this.answer(reply, () => this.stand(witnessSchema.parse(request))))
  }

  private async watchBoard(): Promise<LiveReply> {
    const { socket, deps } = this
    const { admission } = socket.data
    if (admission.by !== 'session') return REFUSED
    const rooms = await boardRoomsOf(deps.database, admission.viewer)
    await showBoard(socket, rooms, deps)
    return { ok: true }
  }

  private async listen({ callId, after }: z.output<typeof listenSchema>): Promise<LiveReply<{ call: LiveCallView }>> {
    const { socket, deps } = this
    const turn = ++this.turn
    await delay(Math.max(0, this.mayListenAtMs - performance.now()))
    if (turn !== this.turn) return LEFT
    this.mayListenAtMs = performance.now() + LISTEN_EVERY_MS
    const { admission } = socket.data
    if (!(await mayHear(deps.database, admission, callId))) return REFUSED
    if (!(await deps.nodes.ask({ kind: 'find', callId, isGuest: isGuest(admission) }))) return NOT_CONNECTED
    await this.recordJoined(callId)
    if (turn !== this.turn) return LEFT
    this.stopListening()
    const listening = { callId, isWitness: false }
    socket.data.listening = listening
    const guest = admission.by === 'invitation' ? presentGuest(admission.guest) : null
    const answer = await deps.nodes.ask({ kind: 'join', callId, socketId: socket.id, guest, after })
    if (socket.data.listening !== listening) {
      this.leaveRooms(callId)
      return LEFT
    }
    if (answer?.kind === 'joined') return { ok: true, call: answer.call }
    this.stopListening()
    return NOT_CONNECTED
  }

  private leave(): void {
    this.turn += 1
    this.stopListening()
  }

  private stopListening(): void {
    const { socket, deps } = this
    const { listening } = socket.data
    if (!listening) return
    socket.data.listening = null
    this.leaveRooms(listening.callId)
    deps.nodes.ask({ kind: 'audience-changed', callId: listening.callId }).catch((cause: unknown) => deps.log.error('a listener could not be counted out', cause))
  }

  /** Unless he listens to it again. */
  private leaveRooms(callId: CallId): void {
    if (this.listensTo(callId)) return
    for (const room of Object.values(roomsOf(callId, isGuest(this.socket.data.admission)))) void this.socket.leave(room)
  }

  private async sendText({ callId, text }: z.output<typeof coachTextSchema>): Promise<LiveReply<{ id: string; deliveredMs: number }>> {
    const viewer = this.coachOf(callId)
    if (!viewer) return REFUSED
    await this.record('coached', viewer, callId, { by: 'text' })
    const answer = await this.deps.nodes.ask({ kind: 'coach-text', callId, from: personOf(this.socket.data.admission), text })
    return answer?.kind === 'text-shown' ? { ok: true, id: answer.id, deliveredMs: answer.deliveredMs } : NOT_CONNECTED
  }

  private sendVoice(message: unknown): void {
    const packet = coachVoiceSchema.safeParse(message)
    const viewer = packet.success && this.coachOf(packet.data.callId)
    if (!packet.success || !viewer) return
    const { callId, number, bytes } = packet.data
    const { deps, socket } = this
    const from = personOf(socket.data.admission)
    if (number === 0) this.voice = this.voice.then(() => this.record('coached', viewer, callId, { by: 'voice' }))
    this.voice = this.voice
      .then(() => deps.nodes.tell({ kind: 'coach-voice', callId, from, number, bytesBase64: Buffer.from(bytes).toString('base64') }))
      .catch((cause: unknown) => deps.log.error('a coach was not heard', cause))
  }

  private async stand({ callId, stands }: z.output<typeof witnessSchema>): Promise<LiveReply> {
    const { socket, deps } = this
    const viewer = this.coachOf(callId)
    if (!viewer) return REFUSED
    await this.record('witnessed', viewer, callId, { stands: stands ? 'from now on' : 'no longer' })
    socket.data.listening = { callId, isWitness: stands }
    await deps.nodes.ask({ kind: 'audience-changed', callId })
    return { ok: true }
  }

  private listensTo(callId: CallId): boolean {
    return this.socket.data.listening?.callId === callId
  }

  /** Whoever listens to it in his own right: a guest has no word in the call. */
  private coachOf(callId: CallId): Viewer | null {
    const { admission } = this.socket.data
    return admission.by === 'session' && this.listensTo(callId) ? admission.viewer : null
  }

  private recordJoined(callId: CallId): Promise<void> {
    const { socket, deps } = this
    const { admission } = socket.data
    return admission.by === 'session' ? this.record('listened-live', admission.viewer, callId) : recordGuestJoined(deps.database, admission.guest, socket.handshake.address)
  }

  private record(verb: CallVerb, viewer: Viewer, callId: CallId, detail?: Record<string, string>): Promise<void> {
    const { socket, deps } = this
    return deps.acts.record({ verb, callId, viewer, address: socket.handshake.address, ...(detail && { detail }) })
  }

  private answer<Answer extends object>(reply: (answer: LiveReply<Answer>) => void, handle: () => Promise<LiveReply<Answer>>): void {
    const { log } = this.deps
    // A page that does not want an answer breaks the protocol; there is nobody to tell.
    if (typeof reply !== 'function') return void this.socket.disconnect(true)
    // Begun at once, in the order in which the page asked; what it throws while it parses is answered too.
    const handled = async (): Promise<LiveReply<Answer>> => handle()
    handled()
      .catch((error: unknown): LiveRefusal => {
        if (error instanceof z.ZodError) return { ok: false, reason: 'failed', message: z.prettifyError(error) }
        log.error('a live page could not be answered', error)
        return { ok: false, reason: 'failed', message: 'The server failed at this; its log says why.' }
      })
      .then(reply)
      .catch((cause: unknown) => log.error('a live page could not be answered', cause))
  }
}

const REFUSED: LiveRefusal = { ok: false, reason: 'no-right', message: 'There is no such call that you may listen to.' }
const NOT_CONNECTED: LiveRefusal = { ok: false, reason: 'not-connected', message: 'The computer of this call is not connected at the moment.' }
const LEFT: LiveRefusal = { ok: false, reason: 'failed', message: 'This page has left the call again.' }

