/** Points at what has just been changed on the screen. */
'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { findItemAt } from '../../player/column'
import { useCall } from '../call-context'
import { useAtClock } from '../clock'
import { describeChange, describeObject } from '../action-text'

const SHOWN_FOR_MS = 20_000

export function LastChange() {
  const t = useTranslations('call')
  const { call } = useCall()
  const changes = useMemo(() => call.actions.filter(({ verb, changes }) => verb === 'saved' || changes.length > 0), [call.actions])
  const index = useAtClock((atMs) => {
    const last = findItemAt(changes, atMs)
    return last >= 0 && atMs - changes[last]!.atMs < SHOWN_FOR_MS ? last : -1
  })
  const secondsAgo = useAtClock((atMs) => Math.floor(Math.max(0, atMs - (changes[index]?.atMs ?? atMs)) / 1_000))
  const action = changes[index]
  if (!action) return null
  const what = action.verb === 'saved' ? { done: 'saved', name: describeObject(action) } : { done: 'changed', name: describeChange(action.changes.at(-1)!, t).label }
  return (
    <p className="absolute bottom-3 left-3 max-w-[70%] truncate rounded-md bg-ink px-3 py-1.5 text-meta text-paper">
      {t.rich('stage.just-done', { ...what, seconds: secondsAgo, strong: (chunks) => <strong className="font-semibold"><bdi>{chunks}</bdi></strong> })}
    </p>
  )
}
