/** The position of a deed that cannot be put before or after what stands next to it: a mark, and the sentence on hover and focus. */
'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { formatClockError, formatPositionTenths } from '../../format/duration'
import type { Unordered } from '../../player/order'
import { Tip } from '../../ui/Tip'
import { SeekTime } from './SeekTime'

export function UnorderedTime({ atMs, unordered: { other, withinMs } }: Readonly<{ atMs: number; unordered: Unordered }>) {
  const t = useTranslations('call.action')
  const id = useId()
  const sentence = t(other.kind === 'speech' ? 'unordered-speech' : 'unordered-action', { position: formatPositionTenths(other.atMs), error: formatClockError(withinMs) })
  return (
    <Tip label={sentence} side="bottom">
      <SeekTime atMs={atMs} describedBy={id} className="before:mr-1 before:content-['≈']" />
      <span id={id} className="sr-only">
        {sentence}
      </span>
    </Tip>
  )
}
