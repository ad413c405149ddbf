/**
 * Actions that wait for the agent, in the order in which they arrived.
 *
 * They live in the browser's session storage: in memory, so that nothing of a customer touches the disk here, and outside the
 * service worker, which the browser stops whenever it likes. Bound: 1 000 actions and 10 minutes; what does not fit is dropped,
 * the oldest first, and counted.
 */
import type { ReportedAction } from '../../capture/actions/action-messages'

const QUEUE = 'queue'
const MAX_ACTIONS = 1_000
const MAX_AGE_MS = 10 * 60_000

type Queue = { actions: ReportedAction[]; dropped: number }

export class ActionQueue {
  /** Each change reads, changes and writes; two of them must not overlap. */
  private last: Promise<unknown> = Promise.resolve()

  /** Resolves when the action is stored. The same id twice is stored once. */
  push(action: ReportedAction): Promise<void> {
    return this.change(({ actions, dropped }) => {
      if (actions.some(({ id }) => id === action.id)) return { actions, dropped }
      const kept = [...actions, action].slice(-MAX_ACTIONS)
      return { actions: kept, dropped: dropped + actions.length + 1 - kept.length }
    })
  }

  /** The oldest actions, at most `count`. */
  async peek(count: number): Promise<ReportedAction[]> {
    const youngestExpired = Date.now() - MAX_AGE_MS
    await this.change(({ actions, dropped }) => {
      const kept = actions.filter(({ wallMs }) => wallMs > youngestExpired)
      return { actions: kept, dropped: dropped + actions.length - kept.length }
    })
    return (await read()).actions.slice(0, count)
  }

  remove(ids: readonly string[]): Promise<void> {
    const gone = new Set(ids)
    return this.change(({ actions, dropped }) => ({ actions: actions.filter(({ id }) => !gone.has(id)), dropped }))
  }

  clear(): Promise<void> {
    return this.change(() => ({ actions: [], dropped: 0 }))
  }

  private change(step: (queue: Queue) => Queue): Promise<void> {
    const done = this.last.then(async () => chrome.storage.session.set({ [QUEUE]: step(await read()) }))
    this.last = done.catch(() => null) // told to whoever asked for this change; the next one starts afresh
    return done
  }
}

/** Only this class writes there, so the shape is known. */
const read = async (): Promise<Queue> => ((await chrome.storage.session.get(QUEUE))[QUEUE] as Queue | undefined) ?? { actions: [], dropped: 0 }
