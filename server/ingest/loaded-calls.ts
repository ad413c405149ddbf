/**
 * Call logs in memory, one for each call, so that all who work on a call work on the same one.
 *
 * Bound: LOADED_CALLS, of which the longest unused is let go first; one in use stays. It is loaded again when needed, as is
 * one whose loading or last write failed.
 */
import type { CallId } from '@/protocol/ids'
import type { CallLog } from './call-log'

const LOADED_CALLS = 4_096

type Slot = { log: Promise<CallLog>; users: number }

export class LoadedCalls {
  /** In order of last use. */
  private readonly slots = new Map<CallId, Slot>()

  constructor(private readonly load: (callId: CallId) => Promise<CallLog>) {}

  /** Lends a call's log. */
  async with<T>(callId: CallId, use: (log: CallLog) => T | Promise<T>): Promise<T> {
    const slot = this.slots.get(callId) ?? { log: this.load(callId), users: 0 }
    this.slots.delete(callId)
    this.slots.set(callId, slot)
    slot.users++
    try {
      return await use(await slot.log)
    } catch (error) {
      const isUsable = await slot.log.then((log) => !log.isBroken, () => false)
      if (!isUsable && this.slots.get(callId) === slot) this.slots.delete(callId)
      throw error
    } finally {
      slot.users--
      this.letGo()
    }
  }

  private letGo(): void {
    for (const [callId, { users }] of this.slots) {
      if (this.slots.size <= LOADED_CALLS) return
      if (users === 0) this.slots.delete(callId)
    }
  }
}
