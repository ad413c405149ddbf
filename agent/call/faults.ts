/** What the panel says of each fault, and what to do about it. */
import { agentCommand } from '@/protocol/agent-command'
import type { GapCause, Person } from '@/protocol/entries'
import type { Track } from '@/protocol/tracks'
import type { PanelFault } from '../panel/ports'
import type { Loss } from './track-recorder'

const trackNames: Record<Track, string> = {
  technician: 'Your voice',
  customer: "The customer's voice",
  mixed: 'The sound',
  coach: "The coach's voice",
  screen: 'The screen',
}

const remedies: Record<GapCause, string> = {
  starting: 'This passes by itself.',
  'device-unplugged': 'Plug the device in again or choose another one in the softphone.',
  'sound-server-lost': 'The sound server has stopped; it usually comes back by itself. If not, sign out and in again.',
  'capture-stopped': `It is being started again by itself. If this lasts, run "${agentCommand('doctor')}".`,
  'capture-stalled': `Check that the device is not muted by a switch. If this lasts, run "${agentCommand('doctor')}".`,
  'agent-stopped': 'Recording goes on.',
  'computer-slept': 'Keep the computer awake during calls.',
  'disk-full': 'Free some space on this computer before the next call.',
  'display-lost': 'The display is not reachable; sound is still recorded.',
}

export const trackFaultId = (track: Track): string => `track-${track}`

export function trackLost(track: Track, { cause, detail }: Loss): PanelFault {
  const why = detail ? ` (${detail})` : ''
  return { id: trackFaultId(track), severity: 'bad', message: `${trackNames[track]} is not being recorded${why}.`, remedy: remedies[cause] }
}

export const NOT_STARTING_ID = 'not-starting'
export const notStarting = (losses: readonly Loss[]): PanelFault => ({
  id: NOT_STARTING_ID,
  severity: 'bad',
  message: ['Neither sound nor screen can be recorded yet', ...new Set(losses.flatMap(({ detail }) => detail ?? []))].join(': '),
  remedy: `Run "${agentCommand('doctor')}" to see what is missing.`,
})

export const NO_SCREEN_ID = 'no-screen'
export const noScreen = (why: string): PanelFault => ({ id: NO_SCREEN_ID, severity: 'warn', message: `Sound alone is recorded: ${why}`, remedy: remedies['display-lost'] })

export const FAILED_ID = 'recording-failed'
export const recordingFailed = (why: string): PanelFault => ({
  id: FAILED_ID,
  severity: 'bad',
  message: `Recording has stopped: ${why}`,
  remedy: 'What was recorded so far is safe. Start recording again when the cause is gone.',
})

export const PAUSE_KEY_ID = 'pause-key'
export const pauseKeyTaken = (key: string, problem: string): PanelFault => ({
  id: PAUSE_KEY_ID,
  severity: 'warn',
  message: `${key} pauses only while this window has the focus: ${problem}.`,
  remedy: 'Pause by the button here, or set "pauseKey" in agent.json to another key and start the agent again.',
})

export const silentSideId = (track: Track): string => `silent-${track}`
export const silentSide = (track: Track): PanelFault => ({
  id: silentSideId(track),
  severity: 'warn',
  message: `${trackNames[track]} has been silent for 10 s while the other side talks.`,
  remedy: track === 'technician' ? 'Check that your microphone is not muted.' : 'Ask whether the customer is still there.',
})

export const COACH_UNHEARD_ID = 'coach-unheard'
export const coachUnheard = (coach: Person, why: string): PanelFault => ({
  id: COACH_UNHEARD_ID,
  severity: 'warn',
  message: `${coach.name} speaks to you and cannot be heard: ${why}`,
  remedy: 'Ask for it in writing. The call itself is not concerned.',
})

export const setAside = (callId: string, problem: string, folder: string): PanelFault => ({
  id: `set-aside-${callId}`,
  severity: 'warn',
  message: problem,
  remedy: `It was kept in ${folder} and is not sent; other recordings are not concerned.`,
})

export const recoveryFailed = (callId: string, error: unknown): PanelFault => ({
  id: `recovery-${callId}`,
  severity: 'warn',
  message: `A call that was cut short could not be finished: ${error instanceof Error ? error.message : String(error)}`,
  remedy: 'Its recording is safe on this disk; it is tried again at the next start.',
})

export const logRefused = (callId: string, kind: 'forked' | 'refused', message: string, folder: string): PanelFault => ({
  id: `refused-${callId}`,
  severity: 'warn',
  message: kind === 'forked' ? `The server holds another version of call ${callId}: ${message}` : `The server does not take call ${callId}: ${message}`,
  remedy: `Nothing is deleted: it stays in ${folder}. Tell an administrator.`,
})

export const SERVER_REFUSES_ID = 'server-refuses'
export const serverRefuses = (message: string): PanelFault => ({
  id: SERVER_REFUSES_ID,
  severity: 'bad',
  message: `The server does not accept this computer: ${message}`,
  remedy: `Calls are still recorded on this disk. Pair this computer again ("${agentCommand('pair <address of the server>')}"), or ask an administrator.`,
})
