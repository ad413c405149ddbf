/** A position that goes there when it is pressed. */
'use client'

import { useTranslations } from 'next-intl'
import { formatPosition } from '../../format/duration'
import { useClock } from '../clock'

type SeekTimeProps = Readonly<{ atMs: number; className?: string; describedBy?: string }>

export function SeekTime({ atMs, className = '', describedBy }: SeekTimeProps) {
  const t = useTranslations('call')
  const clock = useClock()
  const position = formatPosition(atMs)
  return (
    <button type="button" aria-label={t('go-to', { position })} aria-describedby={describedBy} onClick={() => clock.seek(atMs)} className={`times self-start rounded-sm text-left text-meta text-ink-3 hover:text-ink hover:underline ${className}`}>
      {position}
    </button>
  )
}
