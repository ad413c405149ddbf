/** The clips of a list in their order; which is open, and which one has done. */
'use client'

import { CircleCheck, MessageSquareText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ListView } from '@/server/training/view'
import { formatLength } from '../format/duration'
import { ProgressBar } from './ProgressBar'

export function ClipNav({ list, currentId, ticked }: Readonly<{ list: ListView; currentId: string; ticked: number }>) {
  const t = useTranslations('training.play')
  return (
    <nav aria-label={t('clips')} className="scrollbar-thin flex max-h-[34dvh] flex-col overflow-y-auto border-b border-line bg-surface wide:max-h-none wide:border-r wide:border-b-0">
      {list.own && (
        <div className="px-4 pt-3 pb-2">
          <ProgressBar done={ticked} all={list.clips.length} />
        </div>
      )}
      <ol>
        {list.clips.map(({ id, title, lengthMs, commentCount, isTicked }, index) => (
          <li key={id}>
            <Link
              href={`/training/${list.id}?clip=${id}`}
              prefetch={false}
              aria-current={id === currentId ? 'true' : undefined}
              className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-2 border-b border-line px-4 py-2 -outline-offset-2 transition-colors hover:bg-sunken aria-[current]:bg-sunken"
            >
              {isTicked ? <CircleCheck size={16} className="mt-0.5 text-ok" aria-hidden="true" /> : <span className="times text-right text-ink-3">{index + 1}</span>}
              <span className="min-w-0">
                <span dir="auto" className={`block break-words ${id === currentId ? 'font-semibold' : ''}`}>
                  {title}
                </span>
                <span className="flex items-center gap-2 text-meta text-ink-2">
                  {formatLength(lengthMs)}
                  {isTicked && <span className="text-ok">{t('ticked')}</span>}
                  {commentCount > 0 && (
                    <span className="flex items-center gap-1">
                      <MessageSquareText size={13} aria-hidden="true" />
                      <span aria-hidden="true">{commentCount}</span>
                      <span className="sr-only">{t('comments', { count: commentCount })}</span>
                    </span>
                  )}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
