/**
 * Where the technician is: page visits (also of a page that swaps its content itself) and the record that a page shows.
 *
 * A place is `arriving` from its navigation until the page has been quiet for a moment, then `settled` and told. Stamps are of
 * the first sighting, names of the settled page. A heading that already stood over the record before is not the new one's name.
 */
import type { ActionData, ActionVerb } from '@/protocol/entries'
import type { PageAdapter, PageRecord } from '../adapters/adapter'

const QUIET_MS = 200
const LONGEST_ARRIVAL_MS = 1_500
const LOOK_EVERY_MS = 10

export type PlaceObject = ActionData['object']
type PlaceListener = (verb: ActionVerb, object: PlaceObject, wallMs: number) => void

export class PlaceWatch {
  private record: PageRecord | null = null
  private staleName: string | undefined
  private untold: ({ verb: 'visited'; url: string; wallMs: number } | { verb: 'opened'; wallMs: number })[] = []
  private visitedUrl = ''
  private arrivedMs = 0
  private lookedMs = -Infinity
  /** Wall clock of the last change of the page. A look comes later, the more so on a busy computer. */
  private stirredWallMs = Date.now()
  private quietTimer: ReturnType<typeof setTimeout> | undefined
  private lookTimer: ReturnType<typeof setTimeout> | undefined

  /** Only the top frame visits; records are looked for in every frame. */
  constructor(
    private readonly document: Document,
    private readonly deps: { adapter: PageAdapter; isTopFrame: boolean; onPlace: PlaceListener },
    signal: AbortSignal,
  ) {
    const mutations = new MutationObserver(() => this.stir())
    mutations.observe(document, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['data-callwitness-record'] })
    // The only sign of `history.pushState` that a content script can see.
    window.navigation?.addEventListener('currententrychange', () => this.arrive(), { signal })
    signal.addEventListener('abort', () => {
      mutations.disconnect()
      clearTimeout(this.quietTimer)
      clearTimeout(this.lookTimer)
    })
    this.arrive()
  }

  /** What a deed at this moment is done to. */
  object(): PlaceObject {
    return this.record ? { ...this.record, url: cleanAddress(this.document.location) } : this.page(cleanAddress(this.document.location))
  }

  /** Tells at once what waits for the page to settle, so that a deed never comes before its place. */
  flush(): void {
    this.look()
    this.tellUntold()
  }

  /** The technician looks at this page again. */
  announce(): void {
    this.flush()
    if (this.record) this.deps.onPlace('focused', this.object(), Date.now())
  }

  private arrive(): void {
    this.tellUntold()
    const url = cleanAddress(this.document.location)
    if (this.deps.isTopFrame && url !== this.visitedUrl) this.untold.push({ verb: 'visited', url, wallMs: Date.now() })
    this.visitedUrl = url
    this.arrivedMs = performance.now()
    this.stir()
  }

  private stir(): void {
    this.stirredWallMs = Date.now()
    this.lookTimer ??= setTimeout(() => this.look(), Math.max(0, this.lookedMs + LOOK_EVERY_MS - performance.now()))
    if (this.untold.length === 0) return
    clearTimeout(this.quietTimer)
    const leftMs = this.arrivedMs + LONGEST_ARRIVAL_MS - performance.now()
    const hasOwnName = this.record === null || (this.record.name !== undefined && this.record.name !== this.staleName)
    this.quietTimer = setTimeout(() => this.flush(), Math.max(0, hasOwnName ? Math.min(QUIET_MS, leftMs) : leftMs))
  }

  private look(): void {
    clearTimeout(this.lookTimer)
    this.lookTimer = undefined
    this.lookedMs = performance.now()
    const seen = this.deps.adapter.findRecord(this.document)
    const isNew = seen !== null && (seen.type !== this.record?.type || seen.id !== this.record.id)
    if (isNew) {
      this.staleName = this.record?.name
      this.arrivedMs = performance.now()
    }
    this.record = seen && { ...seen, name: seen.name === this.staleName ? undefined : seen.name }
    if (!isNew) return
    this.untold.push({ verb: 'opened', wallMs: this.stirredWallMs })
    this.stir()
  }

  private tellUntold(): void {
    clearTimeout(this.quietTimer)
    const { untold } = this
    this.untold = []
    for (const place of untold) this.deps.onPlace(place.verb, place.verb === 'opened' ? this.object() : this.page(place.url), place.wallMs)
    this.staleName = undefined
  }

  private page(url: string): PlaceObject {
    return { type: 'page', name: this.document.title.trim() || url, url }
  }
}

/** Without query and fragment, which may carry anything; a fragment that is a path is the address of a page. */
export function cleanAddress({ origin, pathname, hash }: Location): string {
  const route = /^#!?\//.test(hash) ? hash.replace(/[?].*$/, '') : ''
  return `${origin}${pathname}${route}`
}
