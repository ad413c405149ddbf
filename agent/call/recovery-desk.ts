/**
 * What an agent that starts does with the calls that an earlier one left unfinished: the newest whose softphone may still
 * run waits for it, one from before a restart of the computer waits for the server's word, the others are closed at once.
 */
import type { CallId } from '@/protocol/ids'
import type { RecoveredCall } from '../spool/spool'
import type { CallDeps } from './call-factory'
import { closeRecovered, mayContinue, mustAskServer } from './recover-call'

export class RecoveryDesk {
  /** The call to go on with if its softphone is seen again. */
  readonly candidate: RecoveredCall | null
  private readonly awaitingServer = new Map<CallId, RecoveredCall>()
  private readonly atOnce: RecoveredCall[]

  constructor(
    private readonly deps: CallDeps,
    calls: readonly RecoveredCall[],
    private readonly onFailed: (callId: CallId, error: unknown) => void,
  ) {
    const candidates = calls.filter((call) => mayContinue(call, deps)).sort((a, b) => startedAt(a).localeCompare(startedAt(b)))
    this.candidate = candidates.at(-1) ?? null
    const others = calls.filter((call) => call !== this.candidate)
    for (const call of others) if (mustAskServer(call, deps)) this.awaitingServer.set(call.log.callId, call)
    this.atOnce = others.filter(({ log }) => !this.awaitingServer.has(log.callId))
  }

  async closeAtOnce(): Promise<void> {
    for (const call of this.atOnce.splice(0)) await this.close(call)
  }

  /** The server's copy of this call is known. */
  async handleReconciled(callId: CallId): Promise<void> {
    const call = this.awaitingServer.get(callId)
    this.awaitingServer.delete(callId)
    if (call) await this.close(call)
  }

  async close(call: RecoveredCall): Promise<void> {
    await closeRecovered(this.deps, call).catch((error: unknown) => this.onFailed(call.log.callId, error))
  }
}

const startedAt = ({ log }: RecoveredCall): string => log.summary.open?.startedAt ?? ''
