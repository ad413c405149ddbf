/** Who is signed in, and the way out. */
'use client'

import { LogOut } from 'lucide-react'
import { signOut } from 'next-auth/react'
import { useTranslations } from 'next-intl'
import { DropdownMenu } from 'radix-ui'
import { initials } from '../format/initials'
import { MENU, MENU_ITEM } from '../ui/menu'

export type Account = Readonly<{ name: string; role: 'technician' | 'supervisor' | 'reviewer' | 'admin' }>

export function AccountMenu({ account }: Readonly<{ account: Account }>) {
  const t = useTranslations('shell')
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        aria-label={t('account', { name: account.name })}
        className="grid size-7 place-items-center rounded-full bg-technician-tint text-label font-semibold text-technician md:mt-1"
      >
        {initials(account.name)}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content side="right" align="end" sideOffset={10} collisionPadding={8} className={MENU}>
          <DropdownMenu.Label className="px-2 py-1.5">
            <span className="block max-w-60 truncate font-medium">{account.name}</span>
            <span className="block text-meta text-ink-3">{t(`role.${account.role}`)}</span>
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="mx-1 my-1 h-px bg-line" />
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => void signOut({ callbackUrl: '/sign-in' })}>
            <LogOut aria-hidden="true" />
            {t('sign-out')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
