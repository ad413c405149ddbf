/** The names that a file of a call may have; nothing that an agent sends ever becomes a path without passing here. */
import { CUSTODY_LOG_FILE } from '@/protocol/custody'
import { LOG_FILE } from '@/protocol/entries'
import { trackFile, trackSchema } from '@/protocol/tracks'
import { MediaError } from './errors'

/** Receipts that were given, so that a seal never gets two different ones. */
export const RECEIPTS_FILE = 'receipts.jsonl'

const DERIVED_NAME = /^derived\/[a-z0-9][a-z0-9._-]{0,99}$/
const PLAIN_NAMES: ReadonlySet<string> = new Set([LOG_FILE, CUSTODY_LOG_FILE, RECEIPTS_FILE, ...trackSchema.options.map(trackFile)])

export const isCallFile = (file: string): boolean => PLAIN_NAMES.has(file) || DERIVED_NAME.test(file)

/** What is not derived is kept: nothing but the whole call is ever taken away. */
export function assertDerivedFile(file: string): void {
  if (!DERIVED_NAME.test(file)) throw MediaError.badName(file)
}

export function assertCallFile(file: string): void {
  if (!isCallFile(file)) throw MediaError.badName(file)
}
