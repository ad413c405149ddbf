/** Ends calls whose agent died before it could: the last packets become the last chunk, and the rest is a gap. */
import type { RecoveredCall } from '../spool/spool'
import { continueCall, type CallDeps } from './call-factory'
import { positionNow } from './timeline-clock'

/** When nobody knows when the call ended, at most so much is declared as lost; the detail tells the whole absence. */
const UNKNOWN_END_MS = 60_000
/** A softphone that still holds the same stream after a longer absence is not trusted to be in the same call. */
const CONTINUE_LIMIT_MS = 30 * 60_000

/** Whether somebody may still be speaking: not hung up, and the agent was away for a short time in the same boot. */
export function mayContinue({ log }: RecoveredCall, { clock }: CallDeps): boolean {
  const { hangUpAtMs, closedSeq, clock: tie, lastMs } = log.summary
  if (hangUpAtMs !== null || closedSeq !== null || !tie || tie.data.bootId !== clock.bootId) return false
  return positionNow(clock, tie.atMs, tie.data) - lastMs < CONTINUE_LIMIT_MS
}

/** After a loss of power the server may hold entries that this disk has lost: they must come back before anything is added. */
export const mustAskServer = ({ log }: RecoveredCall, { clock }: CallDeps): boolean => log.summary.clock?.data.bootId !== clock.bootId

/** Resolves when the call is closed and sealed on disk; a call that was closed already is only sealed if it lacks that. */
export async function closeRecovered(deps: CallDeps, recovered: RecoveredCall): Promise<void> {
  const { log } = recovered
  const { closedSeq, lastSealSeq, hangUpAtMs, pause } = log.summary
  if (closedSeq !== null && lastSealSeq !== null && lastSealSeq > closedSeq) return
  const failures: unknown[] = []
  const call = continueCall(deps, recovered, { onKept: () => undefined, onTrackState: () => undefined, onWriteFailed: (error) => failures.push(error) })
  if (closedSeq === null) {
    if (hangUpAtMs === null) {
      const lastMs = Math.round(Math.max(...call.tracks.map(({ coveredMs }) => coveredMs), pause?.atMs ?? 0))
      const awayMs = Math.max(0, call.nowMs - lastMs)
      const atMs = lastMs + Math.min(awayMs, UNKNOWN_END_MS)
      const detail = `the agent was away for ${Math.round(awayMs / 1000)} s; when the call ended is not known`
      for (const track of call.tracks) {
        if (!pause) track.declareGap(atMs, { cause: 'agent-stopped', detail })
        track.finish(atMs)
      }
      call.append({ kind: 'hangup', atMs, data: { by: 'recovery' } })
    }
    call.coach.finish()
    call.presence.leaveAll()
    call.append({ kind: 'close', atMs: Math.max(call.nowMs, log.summary.lastMs), data: { reason: 'recovered' } })
  }
  call.seal()
  await log.settled()
  if (failures.length > 0) throw failures[0]
}
