/**
 * The entries of a call log, version 1. `docs/log-format.md` tells the same to a stranger.
 *
 * Stored for good: a field may be added, never renamed or given another meaning. The bytes of a line as its writer wrote
 * them are the truth; what is parsed here is a view of them and is never written back.
 */
import { z } from 'zod'
import { callIdSchema, deviceIdSchema } from './ids'
import { INVITED_AS } from './live-names'
import { audioTrackSchema, trackDescriptionSchema, trackSchema } from './tracks'

export const LOG_VERSION = 1
export const LOG_FILE = 'log.jsonl'
/** Longest line, in bytes without its newline, that a reader must accept. */
export const MAX_LINE_BYTES = 256 * 1024
/** Largest chunk: a key frame of a 4K screen is about 1 MB. */
export const MAX_CHUNK_BYTES = 8 * 1024 * 1024

const hexSchema = z.string().regex(/^[0-9a-f]{64}$/)
const base64urlSchema = z.string().regex(/^[A-Za-z0-9_-]+$/)
const positionSchema = z.int().nonnegative()

/** Fields that every entry has. `seq` is the order of the log; `atMs` is where the entry stands on the time axis. */
const frameFields = {
  v: z.literal(LOG_VERSION),
  seq: z.int().nonnegative(),
  atMs: positionSchema,
  prev: hexSchema,
}

const payloadFields = {
  /**
   * Recorded time that the payload stands for. 0 for what takes bytes in the file but records nothing: the headers, and the
   * silence that fills a gap or a pause in an audio file so that the file's own time goes on with the call's.
   */
  durationMs: positionSchema,
  offsetBytes: z.int().nonnegative(),
  bytes: z.int().positive().max(MAX_CHUNK_BYTES),
  sha256: hexSchema,
}

export const personSchema = z.object({ id: z.string(), name: z.string() })
export type Person = z.infer<typeof personSchema>

export const consentRuleSchema = z.object({
  /** Place whose law was applied, such as `US-CA` or `ID`; `null` when nobody configured one. */
  jurisdiction: z.string().nullable(),
  requires: z.enum(['all-parties', 'one-party', 'not-configured']),
})
export type ConsentRule = z.infer<typeof consentRuleSchema>

export const openDataSchema = z.object({
  callId: callIdSchema,
  agentVersion: z.string(),
  deviceId: deviceIdSchema,
  /** Raw Ed25519 public key of the device, 32 bytes, base64url. */
  deviceKey: base64urlSchema,
  technician: personSchema,
  /** IANA name, such as `Asia/Jakarta`. */
  timeZone: z.string(),
  bootId: z.string(),
  startedAt: z.iso.datetime(),
  startedBy: z.enum(['softphone', 'hand']),
  consentRule: consentRuleSchema,
  tracks: z.array(trackDescriptionSchema).min(1),
})
export type OpenData = z.infer<typeof openDataSchema>

export const gapCauseSchema = z.enum([
  'starting',
  'device-unplugged',
  'sound-server-lost',
  'capture-stopped',
  'capture-stalled',
  'agent-stopped',
  'computer-slept',
  'disk-full',
  'display-lost',
])
export type GapCause = z.infer<typeof gapCauseSchema>

export const fieldChangeSchema = z.object({
  field: z.string(),
  /** The field's name as the page shows it. */
  label: z.string().optional(),
  from: z.string().nullable(),
  to: z.string().nullable(),
})
export type FieldChange = z.infer<typeof fieldChangeSchema>

export const actionVerbSchema = z.enum(['visited', 'opened', 'changed', 'saved', 'focused'])
export type ActionVerb = z.infer<typeof actionVerbSchema>

export const actionDataSchema = z.object({
  /** Given by whoever saw it: the same deed told twice has one id. */
  id: z.uuid().optional(),
  /** Where it was seen: a CRM's name or `desktop`. */
  source: z.string(),
  verb: actionVerbSchema,
  object: z.object({ type: z.string(), id: z.string().optional(), name: z.string().optional(), url: z.string().optional() }),
  changes: z.array(fieldChangeSchema).default([]),
})
export type ActionData = z.infer<typeof actionDataSchema>

export const pauseDataSchema = z.object({ by: personSchema, reason: z.enum(['card', 'private']) })
export const resumeDataSchema = z.object({ by: personSchema })
/** `to`: a coach wrote it to the technician's panel during the call. */
export const noteDataSchema = z.object({ by: personSchema, text: z.string().min(1).max(4_000), to: z.literal('technician').optional() })
export const holdDataSchema = z.object({ state: z.enum(['began', 'ended']) })
export const consentDataSchema = z.object({ state: z.enum(['announced', 'given', 'refused']), by: z.enum(['customer', 'technician']), detail: z.string().optional() })
/** Of somebody without an account who was let into this call alone, and by whom. */
export const invitedSchema = z.object({ as: z.enum(INVITED_AS), by: personSchema })
export type Invited = z.infer<typeof invitedSchema>
export type InvitedAs = Invited['as']
/** Whoever was `invited` is a `witness`, and his id is that of the invitation. */
export const presenceDataSchema = z.object({ person: personSchema, as: z.enum(['supervisor', 'witness', 'coach']), state: z.enum(['joined', 'left']), invited: invitedSchema.optional() })
export const hangUpDataSchema = z.object({ by: z.enum(['softphone', 'hand', 'recovery']) })
export const closeDataSchema = z.object({ reason: z.enum(['done', 'wrap-up-limit', 'recovered', 'recording-failed']), detail: z.string().optional() })

export const clockDataSchema = z.object({
  /** Both clocks read at the same instant, which is the entry's `atMs`. */
  wallMs: z.number(),
  monotonicMs: z.number(),
  bootId: z.string(),
  reason: z.enum(['started', 'periodic', 'step', 'sleep', 'restart']),
})

/** Signature over `sealMessage(callId, sealedSeq, hash)` of the line before this one. */
export const sealDataSchema = z.object({ sealedSeq: z.int().nonnegative(), hash: hexSchema, signature: base64urlSchema })
/** The server's signature over `receiptMessage(...)` of a seal's line. */
export const receiptDataSchema = z.object({
  receiptedSeq: z.int().nonnegative(),
  hash: hexSchema,
  receivedAt: z.iso.datetime(),
  serverKey: base64urlSchema,
  signature: base64urlSchema,
})
export type ReceiptData = z.infer<typeof receiptDataSchema>

const withData = <K extends string, D extends z.ZodType>(kind: K, data: D) =>
  z.object({ ...frameFields, kind: z.literal(kind), data })

const knownEntrySchema = z.discriminatedUnion('kind', [
  withData('open', openDataSchema),
  z.object({ ...frameFields, kind: z.literal('audio'), track: audioTrackSchema, ...payloadFields }),
  z.object({ ...frameFields, kind: z.literal('screen'), track: z.literal('screen'), ...payloadFields }),
  withData('action', actionDataSchema),
  withData('consent', consentDataSchema),
  withData('pause', pauseDataSchema),
  withData('resume', resumeDataSchema),
  z.object({ ...frameFields, kind: z.literal('gap'), track: trackSchema, durationMs: positionSchema, data: z.object({ cause: gapCauseSchema, detail: z.string().optional() }) }),
  withData('hold', holdDataSchema),
  withData('note', noteDataSchema),
  withData('presence', presenceDataSchema),
  withData('clock', clockDataSchema),
  withData('seal', sealDataSchema),
  withData('receipt', receiptDataSchema),
  withData('hangup', hangUpDataSchema),
  withData('close', closeDataSchema),
])
export type KnownEntry = z.infer<typeof knownEntrySchema>
export type EntryKind = KnownEntry['kind']
export type EntryOf<K extends EntryKind> = Extract<KnownEntry, { kind: K }>
/** An entry that carries a chunk. */
export type MediaEntry = EntryOf<'audio' | 'screen'>

/** A kind that this version does not know: kept and shown, never dropped. */
export type UnknownEntry = { v: 1; seq: number; atMs: number; prev: string; kind: 'unknown'; originalKind: string; raw: Record<string, unknown> }
export type LogEntry = KnownEntry | UnknownEntry

type WithoutFrame<E> = E extends KnownEntry ? Omit<E, 'v' | 'seq' | 'prev'> : never
/** What a writer supplies; the log adds version, number and chain. */
export type EntryBody = WithoutFrame<KnownEntry>

const knownKinds: ReadonlySet<string> = new Set(knownEntrySchema.options.map((option) => option.shape.kind.value))
const unknownEntrySchema = z.looseObject({ ...frameFields, kind: z.string() })

export class EntryError extends Error {
  override readonly name = 'EntryError'
}

/** One line of a log, without its newline, to an entry. Throws EntryError with what is wrong. */
export function parseLine(line: Uint8Array): LogEntry {
  if (line.length > MAX_LINE_BYTES) throw new EntryError(`a line has ${line.length} bytes, ${MAX_LINE_BYTES} are allowed`)
  const value = parseJson(line)
  const frame = unknownEntrySchema.safeParse(value)
  if (!frame.success) throw new EntryError(`not a log entry: ${z.prettifyError(frame.error)}`)
  const { kind, v, seq, atMs, prev } = frame.data
  if (!knownKinds.has(kind)) return { v, seq, atMs, prev, kind: 'unknown', originalKind: kind, raw: frame.data }
  const known = knownEntrySchema.safeParse(value)
  if (!known.success) throw new EntryError(`entry ${seq} of kind ${kind} is malformed: ${z.prettifyError(known.error)}`)
  return known.data
}

/** An entry to the bytes of its line, without a newline. Field order is for readers; hashes cover whatever is written. */
export function makeLine(body: EntryBody, seq: number, prev: string): Uint8Array {
  const { atMs, kind, ...rest } = body
  return new TextEncoder().encode(JSON.stringify({ v: LOG_VERSION, seq, atMs, kind, ...rest, prev }))
}

export const isMediaEntry = (entry: LogEntry): entry is MediaEntry => entry.kind === 'audio' || entry.kind === 'screen'

function parseJson(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line))
  } catch (cause) {
    throw new EntryError('a line is not JSON in UTF-8', { cause })
  }
}
