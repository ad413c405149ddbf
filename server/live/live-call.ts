/**
 * A running call on the node that its agent is connected to: what was relayed of it, who listens, and whether the agent is
 * asked to relay.
 *
 * The agent relays while somebody listens. When its connection breaks the call stays, `away`, and goes on with the next one.
 */
import type { AgentStatus } from '@/protocol/agent-status'
import type { LogEntry, Person } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { LiveItem, LiveItems, LivePositions } from '@/protocol/live-items'
import { LiveWindow } from '@/protocol/live-window'
import type { LiveWords } from '@/protocol/live-messages'
import type { ListenersShown } from '@/protocol/live-names'
import type { AgentPort } from './agent-port'
import { itemsOf, listenersOf, personOf, type LiveNamespace } from './rooms'
import { Tile, type TileTeams } from './tile'

/** Largest message of what was relayed before somebody joined. */
const MAX_BACKLOG_BYTES = 1024 * 1024
/** Sound that whoever has fallen behind is given to go on with. */
const REJOIN_SOUND_MS = 500

export type LiveCallRules = { teamIds: string[]; tile: TileTeams; listenersShown: ListenersShown }
type LiveCallParts = { callId: CallId; rules: LiveCallRules; namespace: LiveNamespace; onWanted: (isWanted: boolean) => void }
type Presence = { person: Person; as: 'supervisor' | 'witness' }

export class LiveCall {
  readonly tile: Tile
  private readonly window = new LiveWindow()
  private originMs: number | null = null
  private currentRules: LiveCallRules
  /** Who is there, as the agent was told: while it is away nothing is. */
  private told: Presence[] = []
  private isAway = false
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

  get isListenedTo(): boolean {
    return this.isWanted
  }

  /** The latest, connected or not. */
  get port(): AgentPort {
    return this.agent
  }

  useAgent(agent: AgentPort): void {
    if (this.agent === agent) return
    this.agent = agent
    this.isAway = false
    // It may have been started anew and know of nobody.
    for (const presence of this.told) this.tell(presence, 'joined')
    this.parts.namespace.to(listenersOf(this.callId)).emit('uplink', { callId: this.callId, isAway: false })
    if (this.isWanted) this.demand()
  }

  /** False when the connection that broke was not the latest. */
  loseAgent(agent: AgentPort): boolean {
    if (this.agent !== agent) return false
    this.isAway = true
    this.tile.setAway()
    this.parts.namespace.to(listenersOf(this.callId)).emit('uplink', { callId: this.callId, isAway: true })
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
    if (news.length > 0) this.parts.namespace.to(itemsOf(this.callId)).emit('items', { callId: this.callId, originMs, items: news.map(forWire), skipped: 0 })
    return news
  }

  handleEntries(entries: readonly LogEntry[]): void {
    this.tile.addEntries(entries)
    const told = entries.filter(({ kind }) => kind !== 'audio' && kind !== 'screen')
    if (told.length > 0) this.parts.namespace.to(listenersOf(this.callId)).emit('entries', { callId: this.callId, entries: told })
  }

  handleWords(words: readonly LiveWords[]): void {
    for (const stretch of words) this.tile.addWords(stretch)
    this.parts.namespace.to(listenersOf(this.callId)).emit('words', { callId: this.callId, words: [...words] })
  }

  tellCaptions(captions: 'running' | 'too-busy'): void {
    this.parts.namespace.to(listenersOf(this.callId)).emit('captions', { callId: this.callId, captions })
  }

  tellRead(id: string): void {
    this.parts.namespace.to(listenersOf(this.callId)).emit('coach-read', { callId: this.callId, id })
  }

  /** What was relayed comes before what comes now: the room of packets is joined behind it. */
  join(socketId: string, after: LivePositions): void {
    this.sendBacklog(socketId, this.window.after(after), 0)
    this.parts.namespace.in(socketId).socketsJoin(itemsOf(this.callId))
    if (!this.isWanted) this.want()
  }

  /** The screen from its last key frame and the sound from now on. */
  rejoin(socketId: string, sinceMs: number): void {
    const { originMs } = this
    if (originMs === null) return
    const current = this.window.present(REJOIN_SOUND_MS)
    const kept = new Set(current)
    const skipped = this.window.after({}).filter((item) => item.atMs > sinceMs - originMs && !kept.has(item)).length
    this.sendBacklog(socketId, current, skipped)
    this.parts.namespace.in(socketId).socketsJoin(itemsOf(this.callId))
  }

  /** Looks who listens, on all nodes; tells the agent who came and went. */
  async countAudience(): Promise<void> {
    const sockets = await this.parts.namespace.in(listenersOf(this.callId)).fetchSockets()
    const present = new Map<string, Presence>()
    for (const { data } of sockets) {
      if (data.listening?.callId !== this.callId) continue
      const isWitness = data.listening.isWitness || present.get(data.viewer.id)?.as === 'witness'
      present.set(data.viewer.id, { person: personOf(data.viewer), as: isWitness ? 'witness' : 'supervisor' })
    }
    this.tellPresence([...present.values()])
    if (present.size === 0) this.unwant()
    else if (!this.isWanted) this.want()
  }

  end(): void {
    this.parts.namespace.to(listenersOf(this.callId)).emit('ended', { callId: this.callId, why: 'closed' })
    this.parts.namespace.in(listenersOf(this.callId)).socketsLeave([listenersOf(this.callId), itemsOf(this.callId)])
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

  /** Who comes in another role is told before he leaves the one he had: he has not gone. */
  private tellPresence(present: Presence[]): void {
    this.tile.listeners = present.map(({ person }) => person)
    if (this.isAway) return
    for (const presence of present) if (!isIn(this.told, presence)) this.tell(presence, 'joined')
    for (const presence of this.told) if (!isIn(present, presence)) this.tell(presence, 'left')
    this.told = present
  }

  private tell(presence: Presence, state: 'joined' | 'left'): void {
    const isShown = presence.as === 'witness' || this.rules.listenersShown === 'always'
    this.agent.tellPresence({ callId: this.callId, ...presence, state, isShown })
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

const isIn = (list: readonly Presence[], { person, as }: Presence): boolean => list.some((other) => other.person.id === person.id && other.as === as)

/** The parser sends a Buffer as the bytes that it shows, any other array as all the memory that it is a part of. */
const forWire = (item: LiveItem): LiveItem => ({ ...item, bytes: Buffer.from(item.bytes.buffer, item.bytes.byteOffset, item.bytes.byteLength) })
