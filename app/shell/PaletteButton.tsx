/** The palette for whoever does not know its key, or has no keyboard. */
'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { usePalette } from '../palette/palette-context'
import { Tip } from '../ui/Tip'

export function PaletteButton() {
  const t = useTranslations('palette')
  const { open } = usePalette()
  return (
    <Tip label={t('button')} side="right">
      <button type="button" aria-label={t('button')} aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" onClick={open} className="grid size-9 place-items-center rounded-lg text-ink-3 transition-colors hover:bg-sunken hover:text-ink">
        <Search size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </Tip>
  )
}
