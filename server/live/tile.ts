/** What the wallboard tells of one call, put together from its entries, its agent's status and its words. */
import type { AgentStatus } from '@/protocol/agent-status'
import type { ActionData, FieldChange, LogEntry, Person } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { BoardTile, LiveWords } from '@/protocol/live-messages'
import { isTicketType } from '@/protocol/tickets'
import { CustomerGuess } from '../timeline/customer'
import { findPhrases } from './phrases'

const MAX_PHRASES = 5
/** A tile goes to every wallboard once a second. */
const MAX_CHANGES = 2
const MAX_VALUE_LENGTH = 80
const SAME_WITHIN_MS = 15_000

export type TileTeams = { names: string[]; phrases: string[] }

export class Tile {
  private readonly customer = new CustomerGuess()
  private ticket: BoardTile['ticket'] = null
  private startedAt = new Date().toISOString()
  private lastSeq = -1
  private status: AgentStatus | null = null
  private isAway = false
  private lastAction: BoardTile['lastAction'] = null
  private lastWords: BoardTile['lastWords'] = null
  private phrases: BoardTile['phrases'] = []
  listeners: Person[] = []
  teams: TileTeams

  constructor(
    private readonly callId: CallId,
    private readonly technician: Person,
    teams: TileTeams,
  ) {
    this.teams = teams
  }

  /** Entries in order; those that are known already are passed over. */
  addEntries(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      if (entry.seq <= this.lastSeq) continue
      this.lastSeq = entry.seq
      if (entry.kind === 'open') this.startedAt = entry.data.startedAt
      if (entry.kind === 'action') this.addAction(entry.atMs, entry.data)
    }
  }

  addWords(words: LiveWords): void {
    if (words.text !== '') this.lastWords = { track: words.track, text: words.text }
    if (!words.isFinal) return
    const found = findPhrases(words.text, this.teams.phrases).map((phrase) => ({ phrase, atMs: words.startMs, track: words.track }))
    // What captions heard is heard again in the transcript.
    const news = found.filter((one) => !this.phrases.some(({ phrase, track, atMs }) => phrase === one.phrase && track === one.track && Math.abs(atMs - one.atMs) < SAME_WITHIN_MS))
    this.phrases = [...news, ...this.phrases].slice(0, MAX_PHRASES)
  }

  setStatus(status: AgentStatus): void {
    this.status = status
    this.isAway = false
  }

  setAway(): void {
    this.isAway = true
  }

  read(): BoardTile {
    const { status } = this
    return {
      callId: this.callId,
      technician: this.technician,
      teams: this.teams.names,
      customerName: this.customer.best.name ?? this.customer.best.phone,
      ticket: this.ticket,
      startedAt: this.startedAt,
      phase: status?.phase ?? 'recording',
      levelsDb: status?.levelsDb ?? {},
      lastAction: this.lastAction,
      lastWords: this.lastWords,
      faults: status?.faults ?? [],
      behindMs: status?.behindMs ?? 0,
      isAway: this.isAway,
      phrases: this.phrases,
      listeners: this.listeners,
    }
  }

  private addAction(atMs: number, action: ActionData): void {
    this.customer.add(action)
    this.lastAction = { atMs, action: { ...action, changes: action.changes.slice(0, MAX_CHANGES).map(shorten) } }
    const { type, name, id, url } = action.object
    if (isTicketType(type)) this.ticket = { name: name ?? id ?? type, url: url ?? null }
  }
}

const shorten = (change: FieldChange): FieldChange => ({ ...change, from: shortened(change.from), to: shortened(change.to) })
const shortened = (text: string | null): string | null => (text !== null && text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text)
