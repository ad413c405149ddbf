/** Light, dark, or as the system has it: one press goes to the next. */
'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'
import { Tip } from '../ui/Tip'

const NEXT = { system: 'light', light: 'dark', dark: 'system' } as const
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const
type Theme = keyof typeof NEXT

export function ThemeButton() {
  const t = useTranslations('shell.theme')
  const { theme, setTheme } = useTheme()
  // The server cannot know the choice, which is in the browser's storage.
  const isInBrowser = useSyncExternalStore(neverChanges, () => true, () => false)
  const current = isInBrowser && isTheme(theme) ? theme : 'system'
  const Icon = ICONS[current]
  return (
    <Tip label={t(current)} side="right">
      <button
        type="button"
        aria-label={t('switch', { current: t(current), next: t(NEXT[current]) })}
        onClick={() => setTheme(NEXT[current])}
        className="grid size-9 place-items-center rounded-lg text-ink-3 transition-colors hover:bg-sunken hover:text-ink"
      >
        <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </Tip>
  )
}

const isTheme = (value: string | undefined): value is Theme => value !== undefined && value in NEXT
const neverChanges = () => () => {}
