/** The page of all calls: search, filters, what they add up to, the table, and what to say when it is empty or fails. */
'use client'

import { CloudOff, Download, SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { type CallFilter, leavesOut } from '@/protocol/call-filter'
import type { SavedView } from '@/server/timeline/view'
import { TopBar } from '../shell/TopBar'
import { Button, buttonLook } from '../ui/Button'
import { Explanation } from '../ui/Explanation'
import type { CallPage } from './call-pages'
import { CallTable } from './CallTable'
import { FilterBar } from './FilterBar'
import { SavedViews } from './SavedViews'
import { SearchField } from './SearchField'
import { Summary } from './Summary'
import { useCallPages } from './use-call-pages'

export type ViewActions = Readonly<{ save: (name: string, query: string) => Promise<'saved' | 'full' | 'failed'>; remove: (id: string) => Promise<boolean> }>
type CallListProps = Readonly<{ initialQuery: string; initial: CallPage; technicians: readonly { id: string; name: string }[]; views: readonly SavedView[]; viewActions: ViewActions }>

export function CallList({ initialQuery, initial, technicians, views, viewActions }: CallListProps) {
  const t = useTranslations('calls')
  const { view, filter, change, show, pages, csvUrl } = useCallPages(initialQuery, initial)
  const list = useRef<HTMLDivElement>(null)
  const toList = (): void => list.current?.querySelector<HTMLElement>('tbody a[tabindex="0"]')?.focus()
  const filters = useRef<HTMLDivElement>(null)
  /** The button goes with the filters: the first of these has the focus then. */
  const clear = (): void => {
    change(NO_FILTER)
    filters.current?.querySelector('button')?.focus()
  }
  return (
    <div className="flex h-[calc(100dvh-52px)] min-h-0 flex-col md:h-dvh">
      <TopBar title={t('title')}>
        <SearchField text={filter.q ?? ''} onSearch={(q) => change({ q: q || undefined }, 'replace')} onLeave={toList} />
        <SavedViews views={views} query={view.query} actions={viewActions} onShow={show} />
        <a href={csvUrl} download className={buttonLook('plain')} aria-label={t('download-label')}>
          <Download size={16} strokeWidth={1.75} aria-hidden="true" />
          {t('download')}
        </a>
      </TopBar>
      <div ref={filters} className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-1.5">
        <FilterBar filter={filter} technicians={technicians} onChange={change} onClear={leavesOut(filter) ? clear : null} />
        <Summary summary={view.summary} isOld={view.state === 'fetching'} />
      </div>
      <div ref={list} className="flex min-h-0 flex-1 flex-col bg-surface">
        {view.state === 'failed' && <Failed onRetry={() => pages.retry()} />}
        {view.items.length > 0 && <CallTable view={view} filter={filter} onChange={change} onMore={() => pages.more()} />}
        {view.items.length === 0 && view.state === 'ready' && (
          <Explanation icon={<SearchX aria-hidden="true" />} title={t('nothing.title')} action={<Button onClick={clear}>{t('filter.clear')}</Button>}>
            <p>{t('nothing.text')}</p>
          </Explanation>
        )}
      </div>
    </div>
  )
}

const NO_FILTER: CallFilter = { q: undefined, when: undefined, from: undefined, to: undefined, technician: undefined, changed: undefined, state: undefined, look: undefined }

function Failed({ onRetry }: Readonly<{ onRetry: () => void }>) {
  const t = useTranslations('calls.failed')
  return (
    <div role="alert">
      <Explanation icon={<CloudOff aria-hidden="true" />} title={t('title')} action={<Button kind="primary" onClick={onRetry}>{t('again')}</Button>}>
        <p>{t('text')}</p>
      </Explanation>
    </div>
  )
}
