/** What the keys and the palette do. */
'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { ColumnItem } from '../player/column'
import type { Command } from '../player/keymap'
import { move } from '../player/moves'
import type { PlayerClock } from '../player/player-clock'
import { say } from '../ui/say'
import { momentUrl } from './moment'

/** What a command opens on the page. */
export type PageParts = Readonly<{ note: () => void; search: () => void; keys: () => void }>
export type RunCommand = (command: Command) => void

export function useCommands(clock: PlayerClock, column: readonly ColumnItem[], parts: PageParts): RunCommand {
  const t = useTranslations('call.moment')
  return useCallback(
    (command) => {
      switch (command) {
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
        default:
          return move(command, clock, column, () => say(t('not-played')))
      }
    },
    [clock, column, parts, t],
  )
}
