/** Who is signed in, and the way out. */
'use client'

import { LogOut } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { signOut } from '../sign-in/session'
import { MENU, MENU_ITEM } from '../ui/menu'
import { say } from '../ui/say'
import type { Account } from './AccountButton'

type AccountMenuProps = Readonly<{ account: Account; className: string; content: ReactNode }>

export default function AccountMenu({ account, className, content }: AccountMenuProps) {
  const t = useTranslations('shell')
  const leave = async (): Promise<void> => {
    try {
      await signOut()
      location.assign('/sign-in')
    } catch {
      // The server did not answer: the person is still signed in and must know it.
      say(t('not-signed-out'))
    }
  }
  return (
    <DropdownMenu.Root defaultOpen>
      <DropdownMenu.Trigger className={className}>{content}</DropdownMenu.Trigger>
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
