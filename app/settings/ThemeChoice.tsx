/** Light, dark, or as the system has it, for this browser. */
'use client'

import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'
import { Check } from '../ui/Check'

const THEMES = ['system', 'light', 'dark'] as const

export function ThemeChoice() {
  const t = useTranslations('settings')
  const { theme, setTheme } = useTheme()
  // The server cannot know the choice, which is in the browser's storage.
  const isInBrowser = useSyncExternalStore(neverChanges, () => true, () => false)
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 font-medium">{t('theme')}</legend>
      {THEMES.map((name) => (
        <Check key={name} type="radio" name="theme" value={name} checked={isInBrowser && (theme ?? 'system') === name} onChange={() => setTheme(name)} label={t(`themes.${name}`)} />
      ))}
    </fieldset>
  )
}

const neverChanges = () => () => {}
