/**
 * A running call on the node that its agent is connected to: what was relayed of it, who listens, and whether the agent is
 * asked to relay.
 *
 * The agent relays while somebody listens. When its connection breaks the call stays, `away`, and goes on with the next one.
 */
import type { AgentStatus } from '@/protocol/agent-status'
import { isMediaEntry, type LogEntry } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { LiveItem, LiveItems, LivePositions } from '@/protocol/live-items'
import { LiveWindow } from '@/protocol/live-window'
import type { LiveWords } from '@/protocol/live-messages'
import type { ListenersShown } from '@/protocol/live-names'
import type { AgentPort } from './agent-port'
import { Attendance } from './attendance'
import { findAudience, type Present } from './audience'
import { entriesForGuests, isItemForGuests, share } from './for-guests'
import { guestItemsOf, guestsOf, itemsOf, listenersOf, type LiveNamespace, roomsOf } from './rooms'
import { Tile, type TileTeams } from './tile'

/** Largest message of what was relayed before somebody joined. */
const MAX_BACKLOG_BYTES = 1024 * 1024
/** Sound that whoever has fallen behind is given to go on with. */
const REJOIN_SOUND_MS = 500

export type LiveCallRules = { teamIds: string[]; tile: TileTeams; listenersShown: ListenersShown }
type LiveCallParts = { callId: CallId; rules: LiveCallRules; namespace: LiveNamespace; onWanted: (isWanted: boolean) => void }

export class LiveCall {
  readonly tile: Tile
  private readonly window = new LiveWindow()
  private originMs: number | null = null
  private currentRules: LiveCallRules
  /** While the agent is away it stays as it was. */
  private readonly attendance = new Attendance((one, state) => this.tellPresence(one, state))
  private isAgentAway = false
  private isWanted = false

  constructor(
    private readonly parts: LiveCallParts,
    private agent: AgentPort,
  ) {
    this.currentRules = parts.rules
    this.tile = new Tile(parts.callId, agent.technician, parts.rules.tile)
  }

  get callId(): CallId {
    return this.parts.callId
  }

  get rules(): LiveCallRules {
    return this.currentRules
  }

  /** What holds from now on; the tile is told to whom it may be. */
  useRules(rules: LiveCallRules): void {
    this.currentRules = rules
    this.tile.teams = rules.tile
  }

  /** Whether somebody listens, or the agent does not know yet that he has gone. */
  get isAttended(): boolean {
    return this.isWanted || !this.attendance.isEmpty
  }

  get isAway(): boolean {
    return this.isAgentAway
  }

  /** A guest is not let in while the technician could not be told of him. */
  mayJoin(isGuest: boolean): boolean {
    return !(isGuest && this.isAgentAway)
  }

  /** The latest, connected or not. */
  get port(): AgentPort {
    return this.agent
  }

  useAgent(agent: AgentPort): void {
    if (this.agent === agent) return
    this.agent = agent
    this.isAgentAway = false
    this.attendance.tellAgain()
    this.everybody.emit('uplink', { callId: this.callId, isAway: false })
    if (this.isWanted) this.demand()
  }

  /** False when the connection that broke was not the latest. */
  loseAgent(agent: AgentPort): boolean {
    if (this.agent !== agent) return false
    this.isAgentAway = true
    this.tile.setAway()
    this.everybody.emit('uplink', { callId: this.callId, isAway: true })
    return true
  }

  handleStatus(status: AgentStatus): void {
    this.tile.setStatus(status)
  }

  handleItems({ originMs, items }: LiveItems): readonly LiveItem[] {
    // What was under way when the last listener left.
    if (!this.isWanted) return []
    this.originMs = originMs
    const news = items.filter((item) => this.window.push(item))
    const rooms = { own: itemsOf(this.callId), guests: guestItemsOf(this.callId) }
    share(news, isItemForGuests, rooms, (to, part) => this.parts.namespace.to(to).emit('items', { callId: this.callId, originMs, items: part.map(forWire), skipped: 0 }))
    return news
  }

  handleEntries(entries: readonly LogEntry[]): void {
    this.tile.addEntries(entries)
    this.emitEntries(listenersOf(this.callId), entries.filter((entry) => !isMediaEntry(entry)))
    this.emitEntries(guestsOf(this.callId), entriesForGuests(entries))
  }

  handleWords(words: readonly LiveWords[]): void {
    for (const stretch of words) this.tile.addWords(stretch)
    this.everybody.emit('words', { callId: this.callId, words: [...words] })
  }

  tellCaptions(captions: 'running' | 'too-busy'): void {
    this.everybody.emit('captions', { callId: this.callId, captions })
  }

  tellRead(id: string): void {
    this.parts.namespace.to(listenersOf(this.callId)).emit('coach-read', { callId: this.callId, id })
  }

  /** The agent is told of a guest before anything is sent to him. */
  announce(guest: Present): void {
    this.attendance.announce(guest)
  }

  /** Before the log is read for him: what becomes durable meanwhile comes twice rather than never. */
  letIn(socketId: string, isGuest: boolean): void {
    this.enter(socketId, roomsOf(this.callId, isGuest).told)
  }

  /** What was relayed comes before what comes now: the room of packets is joined behind it. */
  join(socketId: string, isGuest: boolean, after: LivePositions): void {
    this.sendBacklog(socketId, forWhom(isGuest, this.window.after(after)), 0)
    this.enter(socketId, roomsOf(this.callId, isGuest).items)
    if (!this.isWanted) this.want()
  }

  /** The screen from its last key frame and the sound from now on. */
  rejoin(socketId: string, isGuest: boolean, sinceMs: number): void {
    const { originMs } = this
    if (originMs === null) return
    const current = forWhom(isGuest, this.window.present(REJOIN_SOUND_MS))
    const kept = new Set(current)
    const skipped = forWhom(isGuest, this.window.after({})).filter((item) => item.atMs > sinceMs - originMs && !kept.has(item)).length
    this.sendBacklog(socketId, current, skipped)
    this.enter(socketId, roomsOf(this.callId, isGuest).items)
  }

  /** Looks who listens, on all nodes; tells the agent who came and went. */
  async countAudience(): Promise<void> {
    const present = await this.attendance.count(() => findAudience(this.parts.namespace, this.callId))
    if (!present) return
    this.tile.listeners = present.map(({ person }) => person)
    if (!this.isAgentAway) this.attendance.tellChanges(present)
    if (present.length === 0) this.unwant()
    else if (!this.isWanted) this.want()
  }

  end(): void {
    const { callId } = this
    this.everybody.emit('ended', { callId, why: 'closed' })
    this.everybody.socketsLeave([listenersOf(callId), itemsOf(callId), guestsOf(callId), guestItemsOf(callId)])
  }

  /** Who listens, guests among them. */
  private get everybody(): ReturnType<LiveNamespace['to']> {
    return this.parts.namespace.to([listenersOf(this.callId), guestsOf(this.callId)])
  }

  private want(): void {
    this.isWanted = true
    this.parts.onWanted(true)
    this.demand()
  }

  private unwant(): void {
    if (!this.isWanted) return
    this.isWanted = false
    this.window.clear()
    this.parts.onWanted(false)
    this.demand()
  }

  private demand(): void {
    this.agent.listen({ callId: this.callId, isWanted: this.isWanted, after: this.window.positions })
  }

  private tellPresence(one: Present, state: 'joined' | 'left'): void {
    const isShown = one.as === 'witness' || this.rules.listenersShown === 'always'
    this.agent.tellPresence({ callId: this.callId, ...one, state, isShown })
  }

  private emitEntries(room: string, entries: LogEntry[]): void {
    if (entries.length > 0) this.parts.namespace.to(room).emit('entries', { callId: this.callId, entries })
  }

  /** At once here: between servers it takes its way, behind which comes what is told from now on. */
  private enter(socketId: string, room: string): void {
    const { namespace } = this.parts
    namespace.local.in(socketId).socketsJoin(room)
    namespace.in(socketId).socketsJoin(room)
  }

  private sendBacklog(socketId: string, items: readonly LiveItem[], skipped: number): void {
    if (this.originMs === null) return
    let batch: LiveItem[] = []
    let batchBytes = 0
    let left = skipped
    const send = (): void => {
      if (batch.length > 0 && this.originMs !== null) this.parts.namespace.to(socketId).emit('items', { callId: this.callId, originMs: this.originMs, items: batch.map(forWire), skipped: left })
      left = 0
      batch = []
      batchBytes = 0
    }
    for (const item of items) {
      batch.push(item)
      batchBytes += item.bytes.length
      if (batchBytes > MAX_BACKLOG_BYTES) send()
    }
    send()
  }
}

const forWhom = (isGuest: boolean, items: LiveItem[]): LiveItem[] => (isGuest ? items.filter(isItemForGuests) : items)

/** The parser sends a Buffer as the bytes that it shows, any other array as all the memory that it is a part of. */
const forWire = (item: LiveItem): LiveItem => ({ ...item, bytes: Buffer.from(item.bytes.buffer, item.bytes.byteOffset, item.bytes.byteLength) })
