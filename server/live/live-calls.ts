/**
 * The running calls whose agents are connected to this node.
 *
 * An agent says by its status which call it records; that it may is asked of the database once. A call that is closed is let
 * go; so is one whose agent has been away for an hour, which has then ended without saying so.
 */
import type { AgentStatus } from '@/protocol/agent-status'
import { isMediaEntry, type LogEntry } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { LiveItem, LiveItems } from '@/protocol/live-items'
import type { LiveWords } from '@/protocol/live-messages'
import type { AgentPort } from './agent-port'
import { LiveCall, type LiveCallRules } from './live-call'
import type { LiveNamespace } from './rooms'

const AWAY_LIMIT_MS = 3_600_000

export type LiveCallsDeps = {
  namespace: LiveNamespace
  /** `null` when the call is not of this device, or has no row yet. */
  findRules: (callId: CallId, agent: AgentPort) => Promise<LiveCallRules | null>
  /** The call's log as far as it is durable. */
  readEntries: (callId: CallId) => Promise<readonly LogEntry[]>
  onChanged: (call: LiveCall) => void
  onRules: (call: LiveCall, rules: LiveCallRules) => void
  onWanted: (call: LiveCall) => void
  onUnwanted: (call: LiveCall) => void
  onItems: (call: LiveCall, items: readonly LiveItem[]) => void
  onGone: (call: LiveCall) => void
  log: { error(message: string, cause?: unknown): void }
}

/** What the agents' namespace tells of one connection. */
export type AgentConnection = {
  handleStatus(status: AgentStatus): void
  handleItems(items: LiveItems): void
  handleGone(): void
}

export class LiveCalls {
  private readonly calls = new Map<CallId, LiveCall>()
  private readonly awayTimers = new Map<CallId, NodeJS.Timeout>()
  private readonly connections = new Map<AgentPort, AgentStatus | null>()

  constructor(private readonly deps: LiveCallsDeps) {}

  find(callId: CallId): LiveCall | undefined {
    return this.calls.get(callId)
  }

  list(): LiveCall[] {
    return [...this.calls.values()]
  }

  /** Agents that are connected, and what they said last. */
  agents(): ReadonlyMap<AgentPort, AgentStatus | null> {
    return this.connections
  }

  connect(agent: AgentPort): AgentConnection {
    const { connections } = this
    connections.set(agent, null)
    let claiming: CallId | null = null
    return {
      handleStatus: (status) => {
        connections.set(agent, status)
        const { callId } = status
        if (callId === null) return
        const call = this.calls.get(callId)
        if (call?.port.deviceId === agent.deviceId) return this.update(call, agent, status)
        if (call || claiming === callId) return
        claiming = callId
        this.claim(callId, agent, status)
          .catch((cause: unknown) => this.deps.log.error(`live listening of call ${callId} could not begin`, cause))
          .finally(() => (claiming = null))
      },
      handleItems: (items) => {
        const call = this.calls.get(items.callId)
        if (call?.port !== agent) return
        this.deps.onItems(call, call.handleItems(items))
      },
      handleGone: () => {
        connections.delete(agent)
        for (const call of this.calls.values()) {
          if (!call.loseAgent(agent)) continue
          this.awayTimers.set(call.callId, setTimeout(() => this.end(call.callId), AWAY_LIMIT_MS))
          this.deps.onChanged(call)
        }
      },
    }
  }

  handleEntries(callId: CallId, entries: readonly LogEntry[]): void {
    const call = this.calls.get(callId)
    if (!call) return
    call.handleEntries(entries)
    this.deps.onChanged(call)
  }

  handleWords(callId: CallId, words: readonly LiveWords[]): void {
    const call = this.calls.get(callId)
    if (!call) return
    call.handleWords(words)
    this.deps.onChanged(call)
  }

  /** Teams, their rules and phrases may have changed since. */
  async rereadRules(): Promise<void> {
    await Promise.all(this.list().map(async (call) => {
      const rules = await this.deps.findRules(call.callId, call.port)
      if (!rules) return
      this.deps.onRules(call, rules)
    }))
  }

  end(callId: CallId): void {
    clearTimeout(this.awayTimers.get(callId))
    this.awayTimers.delete(callId)
    const call = this.calls.get(callId)
    if (!call) return
    this.calls.delete(callId)
    call.end()
    this.deps.onGone(call)
  }

  dispose(): void {
    this.awayTimers.forEach((timer) => clearTimeout(timer))
  }

  private update(call: LiveCall, agent: AgentPort, status: AgentStatus): void {
    clearTimeout(this.awayTimers.get(call.callId))
    call.useAgent(agent)
    call.handleStatus(status)
    this.deps.onChanged(call)
  }

  /** A call has no row before its first entry is durable; the next status, a second later, tries again. */
  private async claim(callId: CallId, agent: AgentPort, status: AgentStatus): Promise<void> {
    const rules = await this.deps.findRules(callId, agent)
    const entries = rules ? await this.deps.readEntries(callId) : []
    const isOver = entries.some(({ kind }) => kind === 'close')
    if (!rules || isOver || this.calls.has(callId) || !this.connections.has(agent)) return
    const call: LiveCall = new LiveCall({ callId, rules, namespace: this.deps.namespace, onWanted: (isWanted) => (isWanted ? this.deps.onWanted(call) : this.deps.onUnwanted(call)) }, agent)
    this.calls.set(callId, call)
    call.tile.addEntries(entries.filter((entry) => !isMediaEntry(entry)))
    const latest = this.connections.get(agent)
    this.update(call, agent, latest?.callId === callId ? latest : status)
  }
}
