/** What the panel says: pure functions from the recorder's state to words. */
import { agentCommand } from '@/protocol/agent-command'
import type { ActionData } from '@/protocol/entries'
import { presenceRole, type PresenceRole } from '@/protocol/presence'
import type { AudioTrack } from '@/protocol/tracks'
import type { PanelCoaching, PanelFault, PanelPhase, PanelState, PanelTrack, UplinkState } from '../ports'
import type { IconName } from './icons'

export type Chip = { icon: IconName; text: string; tone: 'plain' | 'ok' | 'warn' | 'bad' }
export type Notice = { tone: 'bad' | 'warn' | 'pause'; message: string; remedy: string }

export const PHASE_WORDS: Readonly<Record<PanelPhase, string>> = { idle: 'Ready', starting: 'Starting', recording: 'Recording', paused: 'Paused', 'wrap-up': 'Wrap-up' }
export const TRACK_WORDS: Readonly<Record<AudioTrack, string>> = { technician: 'You', customer: 'Customer', mixed: 'Both voices', coach: 'Coach' }

/** `2:03`, `1:00:03`. */
export function clockWords(atMs: number): string {
  const seconds = Math.max(0, Math.floor(atMs / 1_000))
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return (parts[0] ? parts : parts.slice(1)).map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

export function introWords(state: PanelState): string {
  if (state.phase === 'starting') return 'Opening the microphone, the customer’s sound and the screen.'
  if (state.phase === 'wrap-up') return `The call ended at ${clockWords(state.hangUpAtMs)}. What you do in the CRM is still recorded until you are done, at the latest until ${clockWords(state.endsAtMs)}.`
  if (state.phase !== 'idle') return ''
  return state.startsBy === 'hand'
    ? 'Start recording when a call begins. Nothing is recorded until then.'
    : 'Recording starts by itself when a call begins in the softphone. Nothing is recorded until then.'
}

/** Worst first; what is on purpose comes before what is wrong only while it lasts. */
export function makeNotices(state: PanelState): Notice[] {
  const faults = [...state.faults].sort((a, b) => rank(a) - rank(b)).map(({ severity, message, remedy }): Notice => ({ tone: severity, message, remedy }))
  return [...pauseNotice(state), ...faults, ...uplinkNotice(state.uplink)]
}

export function uplinkChip(uplink: UplinkState): Chip {
  switch (uplink.state) {
    case 'saved':
      return { icon: 'cloudSaved', text: 'Saved', tone: 'plain' }
    case 'behind':
      return { icon: 'cloudSending', text: `${Math.max(1, Math.round(uplink.behindMs / 1_000))} s behind`, tone: uplink.behindMs > 10_000 ? 'warn' : 'plain' }
    case 'away':
      return { icon: 'cloudOff', text: 'Kept here', tone: 'warn' }
    case 'revoked':
      return { icon: 'cloudOff', text: 'Device revoked', tone: 'bad' }
    case 'unpaired':
      return { icon: 'cloudOff', text: 'Not paired', tone: 'warn' }
  }
}

export function screenChip(tracks: readonly PanelTrack[], isPaused: boolean): Chip[] {
  const screen = tracks.find(({ track }) => track === 'screen')
  if (!screen) return []
  if (screen.state === 'lost') return [{ icon: 'screen', text: `Screen lost ${clockWords(screen.fromMs)}`, tone: 'bad' }]
  return [{ icon: 'screen', text: isPaused ? 'Screen paused' : 'Screen', tone: isPaused ? 'warn' : 'plain' }]
}

/** One line for each person, by the most that he does. */
export function presentWords(present: PanelCoaching['present']): { icon: IconName; words: string }[] {
  const people = new Map<string, { name: string; roles: Set<PresenceRole>; inviter: string | null }>()
  for (const { person, as, invited } of present) {
    const known = people.get(person.id) ?? { name: person.name, roles: new Set(), inviter: invited?.by.name ?? null }
    people.set(person.id, { ...known, roles: known.roles.add(presenceRole({ as, invited })) })
  }
  return [...people.values()].map(({ name, roles, inviter }) => {
    const guest = inviter === null ? '' : `, guest of ${inviter}`
    if (roles.has('witness')) return { icon: 'user', words: `${name} is witness${guest}` }
    if (roles.has('trainee')) return { icon: 'user', words: `${name} is trainee${guest}` }
    return { icon: 'headphones', words: roles.has('coach') ? `${name} coaches` : `${name} listens` }
  })
}

export const speakerWords = ({ speaker }: PanelCoaching): string => (speaker ? `${speaker.name} speaks to you alone.` : '')

/** The line of an action; the field's values are shown apart. */
export function actionWords({ verb, object, changes }: ActionData): string {
  const name = object.name ?? object.id ?? object.type
  switch (verb) {
    case 'opened':
      return `Opened ${name}`
    case 'saved':
      return changes.length > 0 ? `Saved ${name}, ${changes.length} ${changes.length === 1 ? 'change' : 'changes'}` : `Saved ${name}`
    case 'changed':
      return changes[0]?.label ?? changes[0]?.field ?? `Changed ${name}`
    case 'visited':
      return `Visited ${name}`
    case 'focused':
      return `Looked at ${name}`
  }
}

function pauseNotice(state: PanelState): Notice[] {
  if (state.phase !== 'paused') return []
  const why = state.pause.reason === 'card' ? 'while a card is read' : 'for something private'
  return [{ tone: 'pause', message: 'Voice and screen are not recorded', remedy: `Paused at ${clockWords(state.pause.fromMs)} by ${state.pause.by.name} ${why}. Resume when it is over.` }]
}

function uplinkNotice(uplink: UplinkState): Notice[] {
  switch (uplink.state) {
    case 'saved':
    case 'behind':
      return []
    case 'away':
      return [{ tone: 'warn', message: `The server has been away since ${localTime(uplink.since)}`, remedy: 'Recording goes on and is kept on this computer; it is sent when the server is back.' }]
    case 'revoked':
      return [{ tone: 'bad', message: 'This device may not send any more', remedy: 'What is recorded is kept on this computer. Ask an administrator, then pair again.' }]
    case 'unpaired':
      return [{ tone: 'warn', message: 'This device is not paired with a server', remedy: `What is recorded is kept on this computer. Run “${agentCommand('pair <address of the server>')}”.` }]
  }
}

const rank = ({ severity }: PanelFault): number => (severity === 'bad' ? 0 : 1)
const localTime = (iso: string): string => new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
