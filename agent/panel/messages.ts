/**
 * The conversation between the panel's page and the agent, on loopback.
 *
 * `POST /enter` trades a key that works once for a token; then `GET /live` streams one `PanelMessage` a line, and
 * `POST /commands` takes a command. Both need `Authorization: Bearer <token>`.
 */
import type { LiveReading, PanelState } from './ports'

export const ENTER_PATH = '/enter'
export const LIVE_PATH = '/live'
export const COMMANDS_PATH = '/commands'
export const READINGS_PER_SECOND = 20
/** What -Infinity dB becomes in JSON. */
export const SILENCE_DB = -100
export const MAX_NOTE_LENGTH = 4_000

export type EnterReply = { token: string }
/** Of a command that failed; the message is for the technician. */
export type Refused = { message: string }

/** The page is built with the server that sends these, so it trusts them. A reading is `null` while no call is recorded. */
export type PanelMessage = { kind: 'state'; state: PanelState; reading: LiveReading | null } | { kind: 'reading'; reading: LiveReading }
