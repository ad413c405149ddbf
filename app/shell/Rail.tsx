/** The way around: a rail at the left, on a phone a bar at the bottom. It lists the places that are open to its person. */
'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Mark } from '../ui/Mark'
import { Tip } from '../ui/Tip'
import { type Account, AccountButton } from './AccountButton'
import { PaletteButton } from './PaletteButton'
import { PLACE_ICONS } from './place-icons'
import type { Place } from './places'
import { ThemeButton } from './ThemeButton'


type RailProps = Readonly<{ account: Account; places: readonly Place[] }>

export function Rail({ account, places }: RailProps) {
  const t = useTranslations('shell')
  const path = usePathname()
  const linkTo = (place: Place) => {
    const Icon = PLACE_ICONS[place]
    return (
      <Tip key={place} label={t(place)} side="right">
        <Link
          href={`/${place}`}
          // What is only fetched ahead would be written down as looked at.
          prefetch={false}
          aria-label={t(place)}
          aria-current={path.startsWith(`/${place}`) ? 'page' : undefined}
          className="grid size-9 place-items-center rounded-lg text-ink-3 transition-colors hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:text-ink"
        >
          <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
        </Link>
      </Tip>
    )
  }
  return (
    <nav
      aria-label={t('navigation')}
      className="fixed inset-x-0 bottom-0 z-30 flex h-[52px] items-center justify-around border-t border-line bg-surface md:inset-x-auto md:inset-y-0 md:left-0 md:h-auto md:w-[52px] md:flex-col md:justify-start md:gap-1 md:border-t-0 md:border-r md:py-3"
    >
      <Link href="/calls" prefetch={false} aria-label={t('home')} className="mb-4 hidden rounded-md md:block">
        <Mark className="size-6" />
      </Link>
      {places.map(linkTo)}
      <div className="hidden flex-1 md:block" />
      <PaletteButton />
      {linkTo('settings')}
      <ThemeButton />
      <AccountButton account={account} />
    </nav>
  )
}
