/** The lists to go through, with how far one has come and until when. */
'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { AssignedItem } from '@/server/training/view'
import { DueChip } from './DueChip'
import { ProgressBar } from './ProgressBar'

export function AssignedLists({ lists }: Readonly<{ lists: readonly AssignedItem[] }>) {
  const t = useTranslations('training')
  return (
    <section aria-labelledby="assigned" className="border-b border-line">
      <h2 id="assigned" className="px-4 pt-5 pb-2 font-semibold">
        {t('assigned')}
      </h2>
      <ul>
        {lists.map(({ id, name, teaches, clipCount, tickedCount, dueOn, assignedBy }) => (
          <li key={id} className="relative grid items-center gap-x-6 gap-y-1.5 border-t border-line bg-surface px-4 py-3 transition-colors hover:bg-sunken has-[a:focus-visible]:bg-sunken md:grid-cols-[minmax(0,1fr)_220px_180px]">
            <div className="min-w-0">
              <Link href={`/training/${id}`} prefetch={false} className="font-semibold break-words after:absolute after:inset-0">
                <bdi>{name}</bdi>
              </Link>
              {teaches && (
                <p dir="auto" className="break-words text-ink-2">
                  {teaches}
                </p>
              )}
              <p className="text-meta text-ink-3">
                <bdi>{t('assigned-by', { name: assignedBy })}</bdi>
              </p>
            </div>
            <ProgressBar done={tickedCount} all={clipCount} />
            <div className="md:justify-self-end">
              <DueChip dueOn={dueOn} isDone={clipCount > 0 && tickedCount === clipCount} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
