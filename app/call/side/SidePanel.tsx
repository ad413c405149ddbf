/** Beside the screen: words with deeds between them, the deeds alone, what people noted. */
'use client'

import { useTranslations } from 'next-intl'
import { Tabs } from 'radix-ui'
import { lazy, memo, type RefObject, Suspense, useRef } from 'react'
import type { ColumnItem } from '../../player/column'
import { mayNote, useCall } from '../call-context'
import { endOfCall } from '../end-of-call'
import type { Search } from '../use-search'
import { ActionsTab } from './ActionsTab'
import { Column } from './Column'
import { SearchField } from './SearchField'
import { TranscriptStatus } from './TranscriptStatus'
import { WordsOrigin } from './WordsOrigin'

/** From here on positions have hours. */
const HOUR_MS = 3_600_000

const NotesTab = lazy(() => import('./NotesTab'))

export type SideTab = 'transcript' | 'actions' | 'notes'

type SidePanelProps = Readonly<{
  column: readonly ColumnItem[]
  tab: SideTab
  onTab: (tab: SideTab) => void
  search: Search
  searchField: RefObject<HTMLInputElement | null>
  draftAtMs: number | null
  onDraft: (atMs: number | null) => void
}>

export const SidePanel = memo(function SidePanel({ column, tab, onTab, search, searchField, draftAtMs, onDraft }: SidePanelProps) {
  const t = useTranslations('call.side')
  const { call } = useCall()
  const transcript = useRef<HTMLDivElement>(null)
  const toList = (): void => transcript.current?.querySelector<HTMLElement>('[role="region"]')?.focus()
  const noteCount = call.notes.length + call.moments.reduce((sum, { notes }) => sum + notes.length, 0)
  const tabs = [
    { value: 'transcript', count: null },
    { value: 'actions', count: call.actions.length },
    ...(noteCount > 0 || mayNote(call) ? [{ value: 'notes', count: noteCount } as const] : []),
  ] as const
  return (
    // Radix gives back one of the values that the triggers have.
    <Tabs.Root value={tab} onValueChange={(value) => onTab(value as SideTab)} className={`flex h-[68dvh] min-h-0 flex-col border-line bg-surface max-wide:border-t md:h-[52dvh] wide:h-auto wide:border-l ${endOfCall(call) < HOUR_MS ? '[--time:40px]' : '[--time:52px]'}`}>
      <Tabs.List aria-label={t('title')} className="flex h-[42px] shrink-0 gap-5 border-b border-line px-4">
        {tabs.map(({ value, count }) => (
          <Tabs.Trigger
            key={value}
            value={value}
            className="-mb-px flex items-center gap-2 border-b-2 border-transparent font-medium text-ink-2 hover:text-ink data-[state=active]:border-ink data-[state=active]:text-ink"
          >
            {t(value)}
            {count !== null && <span className="times rounded-full bg-sunken px-1.5 text-label text-ink-2">{count}</span>}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content ref={transcript} value="transcript" className="flex min-h-0 flex-1 flex-col">
        <SearchField search={search} field={searchField} onLeave={toList} />
        <TranscriptStatus />
        <Column items={column} label={t('transcript')} />
        <WordsOrigin />
      </Tabs.Content>
      <Tabs.Content value="actions" className="flex min-h-0 flex-1 flex-col">
        <ActionsTab column={column} />
      </Tabs.Content>
      <Tabs.Content value="notes" className="flex min-h-0 flex-1 flex-col">
        <Suspense>
          <NotesTab draftAtMs={draftAtMs} onDraft={onDraft} />
        </Suspense>
      </Tabs.Content>
    </Tabs.Root>
  )
})
