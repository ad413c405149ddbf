/** The keyboard of the call page. */
'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import type { ColumnItem } from '../player/column'
import { type Command, findCommand, findNeighbour } from '../player/keymap'
import type { PlayerClock } from '../player/player-clock'
import { say } from '../ui/say'
import { momentUrl } from './moment'

const STEP_MS = 5_000
const FIELDS = 'input, textarea, select, [contenteditable], [role="slider"], [role="menu"], [role="tab"], [role="dialog"]'
const CONTROLS = ':is(button, a, summary):focus-visible'

export function useKeys(clock: PlayerClock, column: readonly ColumnItem[]): void {
  const t = useTranslations('call.moment')
  useEffect(() => {
    const positions = (kind: ColumnItem['kind']): number[] => column.filter((item) => item.kind === kind).map((item) => item.atMs)
    const goTo = (kind: ColumnItem['kind'], direction: 1 | -1): void => {
      const atMs = findNeighbour(positions(kind), clock.atMs, direction)
      if (atMs !== null) clock.seek(atMs)
    }
    const run = async (command: Command): Promise<void> => {
      switch (command) {
        case 'toggle-play':
          return clock.toggle()
        case 'back':
          return clock.seekBy(-STEP_MS)
        case 'forward':
          return clock.seekBy(STEP_MS)
        case 'next-action':
          return goTo('action', 1)
        case 'previous-action':
          return goTo('action', -1)
        case 'next-utterance':
          return goTo('speech', 1)
        case 'previous-utterance':
          return goTo('speech', -1)
        case 'copy-moment':
          await navigator.clipboard.writeText(momentUrl(location.href, clock.atMs))
          say(t('copied'))
      }
    }
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !(event.target instanceof Element)) return
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey
      const command = findCommand({ key: event.key, hasModifier, isInField: event.target.closest(FIELDS) !== null, isOnControl: event.target.matches(CONTROLS) })
      if (!command) return
      event.preventDefault()
      run(command).catch(() => say(t(command === 'copy-moment' ? 'not-copied' : 'not-played')))
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [clock, column, t])
}
