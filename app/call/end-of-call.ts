/** Where the time axis ends: wrap-up goes on after the sound. */
import type { CallView } from '@/server/timeline/view'

export const endOfCall = (call: CallView): number => Math.max(call.lengthMs, call.hangUpAtMs ?? 0, call.actions.at(-1)?.atMs ?? 0, call.notes.at(-1)?.atMs ?? 0)
