/** One filter as a chip that says what it is set to; a press offers what it can be set to. */
'use client'

import { Check, ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { DropdownMenu } from 'radix-ui'
import { chipLook } from '../ui/Chip'
import { MENU, MENU_ITEM } from '../ui/menu'

export const FILTER_CHIP = `${chipLook('plain')} hover:bg-sunken data-[set=true]:border-ink data-[set=true]:text-ink`
const ANY = ''

type FilterMenuProps<T extends string> = Readonly<{ name: string; value: T | undefined; options: readonly Readonly<{ value: T; label: string }>[]; onPick: (value: T | undefined) => void }>

export function FilterMenu<T extends string>({ name, value, options, onPick }: FilterMenuProps<T>) {
  const t = useTranslations('calls.filter')
  const label = options.find((option) => option.value === value)?.label ?? t('any')
  const pick = (picked: string): void => onPick(options.find((option) => option.value === picked)?.value)
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className={FILTER_CHIP} data-set={value !== undefined}>
        <bdi className="max-w-60 truncate">{t('chip', { name, value: label })}</bdi>
        <ChevronDown aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="start" sideOffset={6} collisionPadding={8} className={`${MENU} scrollbar-thin max-h-[60dvh] overflow-y-auto`}>
          <DropdownMenu.RadioGroup value={value ?? ANY} onValueChange={pick}>
            {[{ value: ANY, label: t('any') }, ...options].map((option) => (
              <DropdownMenu.RadioItem key={option.value} value={option.value} className={MENU_ITEM}>
                <span className="size-4">
                  <DropdownMenu.ItemIndicator>
                    <Check aria-hidden="true" />
                  </DropdownMenu.ItemIndicator>
                </span>
                <bdi>{option.label}</bdi>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
