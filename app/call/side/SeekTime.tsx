/** A position that goes there when it is pressed; where nothing is played back, the position alone. */
'use client'

import { useTranslations } from 'next-intl'
import { useContext } from 'react'
import { formatPosition } from '../../format/duration'
import { ClockContext } from '../clock'

type SeekTimeProps = Readonly<{ atMs: number; className?: string; describedBy?: string }>

export function SeekTime({ atMs, className = '', describedBy }: SeekTimeProps) {
  const t = useTranslations('call')
  const clock = useContext(ClockContext)
  const position = formatPosition(atMs)
  if (!clock) return <span className={`times self-start text-meta text-ink-3 ${className}`}>{position}</span>
  return (
    <button type="button" aria-label={t('go-to', { position })} aria-describedby={describedBy} onClick={() => clock.seek(atMs)} className={`times self-start rounded-sm text-left text-meta text-ink-3 hover:text-ink hover:underline ${className}`}>
      {position}
    </button>
  )
}
