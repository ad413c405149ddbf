/** How much of a list somebody has gone through: in words, with a bar that repeats them. */
'use client'

import { useTranslations } from 'next-intl'

export function ProgressBar({ done, all }: Readonly<{ done: number; all: number }>) {
  const t = useTranslations('training')
  const isDone = all > 0 && done === all
  return (
    <div className="grid gap-1">
      <p className={`times text-meta ${isDone ? 'text-ok' : 'text-ink-2'}`}>{all === 0 ? t('no-clips') : isDone ? t('done') : t('progress', { done, all })}</p>
      <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-line">
        <div className={`h-full ${isDone ? 'bg-ok' : 'bg-ink'}`} style={{ width: `${all === 0 ? 0 : (100 * done) / all}%` }} />
      </div>
    </div>
  )
}
