/** Who is signed in, and the way out. */
'use client'

import { LogOut } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { DropdownMenu } from 'radix-ui'
import { toast } from 'sonner'
import { initials } from '../format/initials'
import { signOut } from '../sign-in/session'
import { MENU, MENU_ITEM } from '../ui/menu'

export type Account = Readonly<{ name: string; role: 'technician' | 'supervisor' | 'reviewer' | 'admin' }>

export function AccountMenu({ account }: Readonly<{ account: Account }>) {
  const t = useTranslations('shell')
  const leave = async (): Promise<void> => {
    try {
      await signOut()
      location.assign('/sign-in')
    } catch {
      // The server did not answer: the person is still signed in and must know it.
      toast(t('not-signed-out'))
    }
  }
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="grid size-7 place-items-center rounded-full bg-technician-tint text-label font-semibold text-technician md:mt-1">
        <span className="sr-only">{t('account', { name: account.name })}</span>
        <span aria-hidden="true">{initials(account.name)}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content side="right" align="end" sideOffset={10} collisionPadding={8} className={MENU}>
          <DropdownMenu.Label className="px-2 py-1.5">
            <span className="block max-w-60 truncate font-medium">{account.name}</span>
            <span className="block text-meta text-ink-3">{t(`role.${account.role}`)}</span>
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="mx-1 my-1 h-px bg-line" />
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => void leave()}>
            <LogOut aria-hidden="true" />
            {t('sign-out')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
