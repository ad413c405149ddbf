/** The speeds to choose from. */
'use client'

import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { RATES } from '../../player/player-clock'
import { MENU, MENU_ITEM } from '../../ui/menu'
import { useClock, useClockState } from '../clock'

export default function SpeedMenu({ className, content }: Readonly<{ className: string; content: ReactNode }>) {
  const clock = useClock()
  const { rate } = useClockState()
  return (
    <DropdownMenu.Root defaultOpen>
      <DropdownMenu.Trigger className={className}>{content}</DropdownMenu.Trigger>
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
