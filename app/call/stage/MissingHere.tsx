/** Over the screen where nothing of it was kept: the player must not pass a held picture off as what was seen. */
'use client'

import { CirclePause, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type CoverageRange, isMissing } from '../../player/coverage'
import { useAtClock } from '../clock'
import { missingSentence } from '../missing-text'

export function MissingHere({ coverage }: Readonly<{ coverage: readonly CoverageRange[] }>) {
  const t = useTranslations('call')
  const index = useAtClock((atMs) => coverage.findIndex((range) => isMissing(range) && range.tracks.includes('screen') && range.fromMs <= atMs && atMs < range.toMs))
  const range = coverage[index]
  if (!range || !isMissing(range)) return null
  const isPause = range.state === 'paused'
  const Icon = isPause ? CirclePause : EyeOff
  return (
    <div role="status" className={`absolute inset-0 grid place-items-center p-6 text-center ${isPause ? 'hatched' : 'bg-bad-tint'}`}>
      <p className="flex max-w-md items-center gap-3 rounded-md bg-surface px-4 py-3 text-ink">
        <Icon size={20} strokeWidth={1.75} className={`shrink-0 ${isPause ? 'text-warn' : 'text-bad'}`} aria-hidden="true" />
        {missingSentence(range, t)}
      </p>
    </div>
  )
}
