/** How fast it plays. */
'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { DropdownMenu } from 'radix-ui'
import { RATES } from '../../player/player-clock'
import { buttonLook } from '../../ui/Button'
import { MENU, MENU_ITEM } from '../../ui/menu'
import { useClock, useClockState } from '../clock'

export function SpeedMenu() {
  const t = useTranslations('call.transport')
  const clock = useClock()
  const { rate } = useClockState()
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger aria-label={t('speed', { rate })} className={`${buttonLook('quiet')} times px-2`}>
        {rate}×
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content side="top" align="end" sideOffset={6} className={`${MENU} min-w-28`}>
          <DropdownMenu.RadioGroup value={String(rate)} onValueChange={(value) => clock.setRate(Number(value))}>
            {RATES.map((value) => (
              <DropdownMenu.RadioItem key={value} value={String(value)} className={`${MENU_ITEM} times justify-between`}>
                {value}×
                <DropdownMenu.ItemIndicator>
                  <Check aria-hidden="true" />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
