/** What was done, at its instant: field, old value, new value, on what, and how sure the time is. */
'use client'

import { useTranslations } from 'next-intl'
import type { ActionView } from '@/server/timeline/view'
import { formatClockError, formatPositionTenths } from '../../format/duration'
import type { Unordered } from '../../player/order'
import { type ChangeText, describeAction, describeChange, describeObject } from '../action-text'
import { WallClock } from '../WallClock'
import { useColumnCall } from './column-call'
import { Marked } from './Marked'
import { SeekTime } from './SeekTime'

type ActionCardProps = Readonly<{ action: ActionView; isCurrent: boolean; unordered: Unordered | null }>

export function ActionCard({ action, isCurrent, unordered }: ActionCardProps) {
  const t = useTranslations('call')
  const call = useColumnCall()
  // A save lists again what was changed before it, so it must say that it is one.
  const hasTitle = action.verb === 'saved' || action.changes.length === 0
  return (
    <div className="py-1 pr-4 pl-[68px]">
      <div className={`rounded-md border border-l-[3px] border-line-2 border-l-action px-3 py-1.5 ${isCurrent ? 'bg-action-tint' : ''}`}>
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1 text-body leading-[19px]">
            {hasTitle && <p className="font-medium break-words"><Marked text={describeAction(action, t)} /></p>}
            {action.changes.map((change) => (
              <Change key={change.field} change={describeChange(change, t)} />
            ))}
          </div>
          <SeekTime atMs={action.atMs} />
        </div>
        <div className="flex flex-wrap justify-between gap-x-3 text-meta text-ink-2">
          <span className="min-w-0 break-words">{!hasTitle && <Marked text={describeObject(action)} />}</span>
          <span className="text-ink-3">{t.rich('action.seen', { time: () => <WallClock call={call} atMs={action.atMs} /> })}</span>
        </div>
        {unordered && (
          <p className="text-meta text-ink-2">
            {t(unordered.other.kind === 'speech' ? 'action.unordered-speech' : 'action.unordered-action', { position: formatPositionTenths(unordered.other.atMs), error: formatClockError(unordered.withinMs) })}
          </p>
        )}
      </div>
    </div>
  )
}

function Change({ change }: Readonly<{ change: ChangeText }>) {
  const t = useTranslations('call.action')
  return (
    <p className="break-words">
      <span className="font-semibold"><Marked text={change.label} /></span>{' '}
      {change.from !== null && (
        <>
          <span className="sr-only">{t('from')} </span>
          <del className="font-mono text-meta text-ink-3"><Marked text={change.from} /></del> <span aria-hidden="true">→</span> <span className="sr-only">{t('to')} </span>
        </>
      )}
      <ins className="font-mono text-meta font-semibold text-action no-underline"><Marked text={change.isProse ? t('quoted', { text: change.to }) : change.to} /></ins>
    </p>
  )
}
