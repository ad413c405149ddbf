/**
 * The rows of the list as they come, page after page. States: `ready` → `fetching` (another filter; the old rows stay until
 * the new ones are there) or `fetching-more` → `ready` or `failed`. An answer that is not wanted any more changes nothing.
 */
import type { CallListItem, CallSummary } from '@/server/timeline/view'

export type CallPage = { items: CallListItem[]; next: string | null; summary: CallSummary | null }
export type CallPagesView = Readonly<{
  /** The filter of the rows, as it stands in the address. */
  query: string
  items: readonly CallListItem[]
  next: string | null
  summary: CallSummary
  state: 'ready' | 'fetching' | 'fetching-more' | 'failed'
}>

const NOTHING: CallSummary = { count: 0, lengthMs: 0, lostCount: 0, lookCount: 0 }

export class CallPages {
  private listeners = new Set<() => void>()
  private current: CallPagesView
  private wanted: string
  private request: AbortController | null = null

  constructor(
    query: string,
    { items, next, summary }: CallPage,
    private readonly fetchPage: (query: string, before: string | null, signal: AbortSignal) => Promise<CallPage>,
  ) {
    this.wanted = query
    this.current = { query, items, next, summary: summary ?? NOTHING, state: 'ready' }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  readonly view = (): CallPagesView => this.current

  /** Fetches the first rows of a filter, unless they are what is shown or on its way. */
  show(query: string): void {
    if (query === this.wanted) return
    this.wanted = query
    this.fetchFirst()
  }

  more(): void {
    const { query, next, items, summary, state } = this.current
    if (state !== 'ready' || next === null) return
    this.set({ ...this.current, state: 'fetching-more' })
    this.run(query, next, (page) => ({ query, items: [...items, ...page.items], next: page.next, summary, state: 'ready' }))
  }

  retry(): void {
    this.fetchFirst()
  }

  private fetchFirst(): void {
    const query = this.wanted
    this.set({ ...this.current, state: 'fetching' })
    this.run(query, null, ({ items, next, summary }) => ({ query, items, next, summary: summary ?? NOTHING, state: 'ready' }))
  }

  private run(query: string, before: string | null, toView: (page: CallPage) => CallPagesView): void {
    this.request?.abort()
    const request = new AbortController()
    this.request = request
    this.fetchPage(query, before, request.signal).then(
      (page) => !request.signal.aborted && this.set(toView(page)),
      () => !request.signal.aborted && this.set({ ...this.current, state: 'failed' }),
    )
  }

  private set(view: CallPagesView): void {
    this.current = view
    for (const listener of this.listeners) listener()
  }
}
