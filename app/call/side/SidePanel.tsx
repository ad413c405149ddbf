/** Beside the screen: words with deeds between them, the deeds alone, the technician's notes. */
'use client'

import { useTranslations } from 'next-intl'
import { Tabs } from 'radix-ui'
import type { ColumnItem } from '../../player/column'
import { useCall } from '../call-context'
import { ActionsTab } from './ActionsTab'
import { Column } from './Column'
import { TranscriptStatus } from './TranscriptStatus'

export function SidePanel({ column }: Readonly<{ column: readonly ColumnItem[] }>) {
  const t = useTranslations('call.side')
  const { call } = useCall()
  const tabs = [
    { value: 'transcript', count: null },
    { value: 'actions', count: call.actions.length },
    ...(call.notes.length > 0 ? [{ value: 'notes', count: call.notes.length } as const] : []),
  ] as const
  return (
    <Tabs.Root defaultValue="transcript" className="flex h-[68dvh] min-h-0 flex-col border-line bg-surface max-wide:border-t md:h-[52dvh] wide:h-auto wide:border-l">
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
      <Tabs.Content value="transcript" className="flex min-h-0 flex-1 flex-col">
        <TranscriptStatus />
        <Column items={column} label={t('transcript')} />
      </Tabs.Content>
      <Tabs.Content value="actions" className="flex min-h-0 flex-1 flex-col">
        <ActionsTab column={column} />
      </Tabs.Content>
      <Tabs.Content value="notes" className="flex min-h-0 flex-1 flex-col">
        <Column items={column.filter((item) => item.kind === 'note')} label={t('notes')} />
      </Tabs.Content>
    </Tabs.Root>
  )
}
