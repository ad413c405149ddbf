/** What commands say: one fact a line, the remedy below what is wrong. */
import type { ReadyResult, Verdict } from '@/protocol/ready'
import { agentCommand } from '@/protocol/agent-command'
import type { Requirement, SoundDevice } from '../capture/ports'
import type { StatusReply } from './control-server'

const MARKS = { ok: 'ok  ', warn: 'note', bad: 'FAIL' }

export const describeVerdict = ({ name, state, found, remedy }: Verdict): string => withRemedy(`${MARKS[state]}  ${name}: ${found}`, remedy)

export const describeRequirement = ({ name, isMet, found, remedy }: Requirement): string => withRemedy(`${isMet ? MARKS.ok : MARKS.bad}  ${name}: ${found}`, remedy)

export const describeDevice = ({ kind, description, id, isDefault }: SoundDevice): string => `${kind.padEnd(10)}  ${isDefault ? '*' : ' '} ${description}  (${id})`

/** `ready`: what the last try of everything came to; `null` when there was none. */
export function describeStatus(status: StatusReply, ready: ReadyResult | null): string {
  const at = status.atMs === null ? '' : `, ${(status.atMs / 1000).toFixed(0)} s`
  return [
    `state            ${status.phase}${at}`,
    ...(status.callId ? [`call             ${status.callId}`] : []),
    `technician       ${status.technician}`,
    `server           ${status.server} (${status.uplink})`,
    `calls on disk    ${status.spooledCalls}`,
    `panel            ${status.panelUrl ?? 'not available'}`,
    `extension        port ${status.extensionPort}, pairing secret ${status.pairingSecret}`,
    `ready            ${ready ? `${ready.isReady ? 'yes' : 'NO'}, tested ${ready.testedAt}` : `not tested yet; run "${agentCommand('ready')}"`}`,
    ...(ready?.verdicts ?? []).filter(({ state }) => state !== 'ok').map((verdict) => `  ${describeVerdict(verdict)}`),
    ...status.faults.map(({ message, remedy }) => withRemedy(`FAULT            ${message}`, remedy)),
  ].join('\n')
}

const withRemedy = (line: string, remedy: string | null): string => (remedy ? `${line}\n      → ${remedy}` : line)
