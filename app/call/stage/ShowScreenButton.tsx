/** A phone has no room for the screen unless it is asked for. */
'use client'

import { Monitor, MonitorOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../../ui/Button'

type ShowScreenButtonProps = Readonly<{ isShown: boolean; onToggle: () => void }>

export function ShowScreenButton({ isShown, onToggle }: ShowScreenButtonProps) {
  const t = useTranslations('call.stage')
  const Icon = isShown ? MonitorOff : Monitor
  return (
    <div className="p-2 md:hidden">
      <Button className="w-full" aria-expanded={isShown} onClick={onToggle}>
        <Icon size={16} aria-hidden="true" />
        {t(isShown ? 'hide' : 'show')}
      </Button>
    </div>
  )
}
