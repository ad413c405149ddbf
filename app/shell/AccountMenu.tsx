/** Who is signed in, and the way out. */
'use client'

import { Footprints, LogOut } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { MENU, MENU_ITEM } from '../ui/menu'
import type { Account } from './AccountButton'
import { useSignOut } from './use-sign-out'

type AccountMenuProps = Readonly<{ account: Account; className: string; content: ReactNode }>

export default function AccountMenu({ account, className, content }: AccountMenuProps) {
  const t = useTranslations('shell')
  const router = useRouter()
  const leave = useSignOut()
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
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => router.push('/welcome')}>
            <Footprints aria-hidden="true" />
            {t('welcome')}
          </DropdownMenu.Item>
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => void leave()}>
            <LogOut aria-hidden="true" />
            {t('sign-out')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
