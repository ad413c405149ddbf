/** What can be done on every signed-in page: go to another, change the theme, sign out. */
'use client'

import { Command as Cmdk } from 'cmdk'
import { Footprints, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useTheme } from 'next-themes'
import { PLACE_ICONS } from '../shell/place-icons'
import type { Place } from '../shell/places'
import { useSignOut } from '../shell/use-sign-out'
import { GROUP, ITEM } from './look'

const THEMES = { light: Sun, dark: Moon, system: Monitor } as const
const ICONS = { ...PLACE_ICONS, welcome: Footprints } as const

type AnywhereCommandsProps = Readonly<{ places: readonly Place[]; choose: (act: () => void) => () => void }>

export function AnywhereCommands({ places, choose }: AnywhereCommandsProps) {
  const t = useTranslations('palette')
  const tShell = useTranslations('shell')
  const router = useRouter()
  const { setTheme } = useTheme()
  const leave = useSignOut()
  return (
    <>
      <Cmdk.Group heading={t('pages')} className={GROUP}>
        {[...places, 'settings' as const, 'welcome' as const].map((place) => {
          const Icon = ICONS[place]
          return (
            <Cmdk.Item key={place} value={tShell(place)} onSelect={choose(() => router.push(`/${place}`))} className={ITEM}>
              <Icon aria-hidden="true" />
              {tShell(place)}
            </Cmdk.Item>
          )
        })}
      </Cmdk.Group>
      <Cmdk.Group heading={t('always')} className={GROUP}>
        {(['light', 'dark', 'system'] as const).map((theme) => {
          const Icon = THEMES[theme]
          return (
            <Cmdk.Item key={theme} value={tShell(`theme.${theme}`)} onSelect={choose(() => setTheme(theme))} className={ITEM}>
              <Icon aria-hidden="true" />
              {tShell(`theme.${theme}`)}
            </Cmdk.Item>
          )
        })}
        <Cmdk.Item value={tShell('sign-out')} onSelect={choose(() => void leave())} className={ITEM}>
          <LogOut aria-hidden="true" />
          {tShell('sign-out')}
        </Cmdk.Item>
      </Cmdk.Group>
    </>
  )
}
