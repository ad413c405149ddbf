/** What the keys and the palette do. */
'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { ColumnItem } from '../player/column'
import { type Command, findNeighbour } from '../player/keymap'
import type { PlayerClock } from '../player/player-clock'
import { say } from '../ui/say'
import { momentUrl } from './moment'

const STEP_MS = 5_000

/** What a command opens on the page. */
export type PageParts = Readonly<{ note: () => void; search: () => void; keys: () => void }>
export type RunCommand = (command: Command) => void

export function useCommands(clock: PlayerClock, column: readonly ColumnItem[], parts: PageParts): RunCommand {
  const t = useTranslations('call.moment')
  return useCallback(
    (command) => {
      const goTo = (kind: ColumnItem['kind'], direction: 1 | -1): void => {
        const positions = column.filter((item) => item.kind === kind).map((item) => item.atMs)
        const atMs = findNeighbour(positions, clock.atMs, direction)
        if (atMs !== null) clock.seek(atMs)
      }
      switch (command) {
        case 'toggle-play':
          return void clock.toggle().catch(() => say(t('not-played')))
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
          return void navigator.clipboard.writeText(momentUrl(location.href, clock.atMs)).then(
            () => say(t('copied')),
            () => say(t('not-copied')),
          )
        case 'note':
          return parts.note()
        case 'search':
          return parts.search()
        case 'keys':
          return parts.keys()
      }
    },
    [clock, column, parts, t],
  )
}
