/** What was done, at its instant: field, old value, new value, on what, and how sure the time is. */
'use client'

import { useTranslations } from 'next-intl'
import type { ActionView } from '@/server/timeline/view'
import type { Unordered } from '../../player/order'
import { type ChangeText, describeChange, describeSubject, isSentence } from '../action-text'
import { WallClock } from '../WallClock'
import { useColumnCall } from './column-call'
import { Marked } from './Marked'
import { SeekTime } from './SeekTime'
import { UnorderedTime } from './UnorderedTime'

type ActionCardProps = Readonly<{ action: ActionView; isCurrent: boolean; unordered: Unordered | null }>

export function ActionCard({ action, isCurrent, unordered }: ActionCardProps) {
  const t = useTranslations('call')
  const { clock } = useColumnCall()
  const hasTitle = isSentence(action)
  return (
    // Among words it stands under them; the list of deeds alone sets the gutter aside.
    <div className="py-1 pr-4 pl-(--gutter,calc(var(--time)+28px))">
      <div className={`rounded-md border border-l-[3px] border-line-2 border-l-action px-3 py-1.5 ${isCurrent ? 'bg-action-tint' : ''}`}>
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1 text-body leading-[19px]">
            {hasTitle && <p className="font-medium break-words"><Marked text={describeSubject(action, t)} /></p>}
            {action.changes.map((change) => (
              <Change key={change.field} change={describeChange(change, t)} />
            ))}
          </div>
          {unordered ? <UnorderedTime atMs={action.atMs} unordered={unordered} /> : <SeekTime atMs={action.atMs} />}
        </div>
        <div className="flex flex-wrap justify-between gap-x-3 text-meta text-ink-2">
          <span className="min-w-0 break-words">{!hasTitle && <Marked text={describeSubject(action, t)} />}</span>
          {clock && <span className="text-ink-3">{t.rich('action.seen', { time: () => <WallClock call={{ clock }} atMs={action.atMs} /> })}</span>}
        </div>
      </div>
    </div>
  )
}

function Change({ change }: Readonly<{ change: ChangeText }>) {
  const t = useTranslations('call.action')
  return (
    <p className="break-words">
      <bdi className="font-semibold"><Marked text={change.label} /></bdi>{' '}
      {change.from !== null && (
        <>
          <span className="sr-only">{t('from')} </span>
          <del dir="auto" className="font-mono text-meta text-ink-3"><Marked text={change.from} /></del> <span aria-hidden="true">→</span> <span className="sr-only">{t('to')} </span>
        </>
      )}
      <ins dir="auto" className="font-mono text-meta font-semibold text-action no-underline"><Marked text={change.isProse ? t('quoted', { text: change.to }) : change.to} /></ins>
    </p>
  )
}
