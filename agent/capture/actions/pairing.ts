/** Whether the browser extension reaches the agent, and what the technician is told about it. */
import { agentCommand } from '@/protocol/agent-command'
import type { PanelFault } from '../../panel/ports'

export type Pairing = { state: 'never-heard' } | { state: 'heard'; wallMs: number } | { state: 'refused'; count: number; wallMs: number }

/** `null` while all is well. An extension that has never been heard is no fault: a call may have no CRM. */
export function faultOfPairing(pairing: Pairing): PanelFault | null {
  if (pairing.state !== 'refused') return null
  return {
    id: 'extension-secret',
    severity: 'warn',
    message: `Actions are not recorded: the browser extension was refused ${pairing.count === 1 ? 'once' : `${pairing.count} times`} because its pairing secret is wrong.`,
    remedy: `Open the options of the extension and paste the secret that "${agentCommand('status')}" shows.`,
  }
}
