/** Copies a link to where the player stands. */
'use client'

import { Link2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../ui/Button'
import { Tip } from '../ui/Tip'
import { say } from '../ui/say'
import { useClock } from './clock'
import { momentUrl } from './moment'

export function CopyMomentButton() {
  const t = useTranslations('call.moment')
  const clock = useClock()
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(momentUrl(location.href, clock.atMs))
      say(t('copied'))
    } catch {
      // The browser refused, as it does without a secure origin: the address bar still works.
      say(t('not-copied'))
    }
  }
  return (
    <Tip label={t('copy-hint')} keys="c" side="bottom">
      <Button onClick={() => void copy()}>
        <Link2 size={16} strokeWidth={1.75} aria-hidden="true" />
        <span className="max-wide:sr-only">{t('copy')}</span>
      </Button>
    </Tip>
  )
}
