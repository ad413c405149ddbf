/**
 * The custody log, version 1: what happened to a call after its close, written by the server as `custody.jsonl` beside
 * the call's log. Same form and same chain as the log; `at` is the server's wall clock, since there is no timeline to
 * stand on. Entry 0 is `received` and pins the call's final hash, so a log cut off later is found out.
 */
import { z } from 'zod'
import { personSchema } from './entries'
import { callIdSchema } from './ids'

export const CUSTODY_LOG_FILE = 'custody.jsonl'

const hexSchema = z.string().regex(/^[0-9a-f]{64}$/)
const frameFields = { v: z.literal(1), seq: z.int().nonnegative(), at: z.iso.datetime(), prev: hexSchema }

/** The call is closed and its last entry, `seq`, has this hash. */
export const receivedDataSchema = z.object({ callId: callIdSchema, seq: z.int().nonnegative(), hash: hexSchema })
/** The payloads of these entries of the call's log were overwritten by filler of the same length. */
export const redactedDataSchema = z.object({ by: personSchema, reason: z.string(), seqs: z.array(z.int().nonnegative()).min(1) })

const knownCustodySchema = z.discriminatedUnion('kind', [
  z.object({ ...frameFields, kind: z.literal('received'), data: receivedDataSchema }),
  z.object({ ...frameFields, kind: z.literal('redacted'), data: redactedDataSchema }),
])
const otherCustodySchema = z.looseObject({ ...frameFields, kind: z.string() })

export type KnownCustodyEntry = z.infer<typeof knownCustodySchema>
/** Kinds that this version does not know are kept and shown, never dropped. */
export type CustodyEntry = KnownCustodyEntry | { v: 1; seq: number; at: string; prev: string; kind: 'unknown'; originalKind: string }

type WithoutFrame<E> = E extends KnownCustodyEntry ? Omit<E, 'v' | 'seq' | 'prev'> : never
export type CustodyBody = WithoutFrame<KnownCustodyEntry>

const knownKinds: ReadonlySet<string> = new Set(knownCustodySchema.options.map((option) => option.shape.kind.value))

export class CustodyError extends Error {
  override readonly name = 'CustodyError'
}

/** One line of a custody log, without its newline. Throws CustodyError with what is wrong. */
export function parseCustodyLine(line: Uint8Array): CustodyEntry {
  const value = parseJson(line)
  const frame = otherCustodySchema.safeParse(value)
  if (!frame.success) throw new CustodyError(`not a custody entry: ${z.prettifyError(frame.error)}`)
  const { v, seq, at, prev, kind } = frame.data
  if (!knownKinds.has(kind)) return { v, seq, at, prev, kind: 'unknown', originalKind: kind }
  const known = knownCustodySchema.safeParse(value)
  if (!known.success) throw new CustodyError(`custody entry ${seq} of kind ${kind} is malformed: ${z.prettifyError(known.error)}`)
  return known.data
}

export function makeCustodyLine(body: CustodyBody, seq: number, prev: string): Uint8Array {
  const { at, kind, ...rest } = body
  return new TextEncoder().encode(JSON.stringify({ v: 1, seq, at, kind, ...rest, prev }))
}

function parseJson(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line))
  } catch (cause) {
    throw new CustodyError('a custody line is not JSON in UTF-8', { cause })
  }
}
