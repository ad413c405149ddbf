/**
 * The conversation between the panel's page and the agent, on loopback.
 *
 * `POST /enter` trades a key that works once for a token; then `GET /live` streams one `PanelMessage` a line, and
 * `POST /commands` takes a command. Both need `Authorization: Bearer <token>`.
 */
import { z } from 'zod'
import type { LiveReading, PanelState } from './ports'

export const ENTER_PATH = '/enter'
export const LIVE_PATH = '/live'
export const COMMANDS_PATH = '/commands'
export const READINGS_PER_SECOND = 20
/** What -Infinity dB becomes in JSON. */
export const SILENCE_DB = -100
export const MAX_NOTE_LENGTH = 4_000

export const enterSchema = z.object({ key: z.string().max(100) })
export type EnterReply = { token: string }

export const commandSchema = z.discriminatedUnion('command', [
  z.object({ command: z.literal('start') }),
  z.object({ command: z.literal('stop') }),
  z.object({ command: z.literal('pause'), reason: z.enum(['card', 'private']) }),
  z.object({ command: z.literal('resume') }),
  z.object({ command: z.literal('note'), text: z.string().trim().min(1).max(MAX_NOTE_LENGTH) }),
  z.object({ command: z.literal('done') }),
])
export type Command = z.infer<typeof commandSchema>
/** Of a command that failed; the message is for the technician. */
export type Refused = { message: string }

/** The page is built with the server that sends these, so it trusts them. A reading is `null` while no call is recorded. */
export type PanelMessage = { kind: 'state'; state: PanelState; reading: LiveReading | null } | { kind: 'reading'; reading: LiveReading }
