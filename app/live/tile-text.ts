/** What a tile of the wallboard says, in words. Pure. */
import type { useTranslations } from 'next-intl'
import type { BoardTile } from '@/protocol/live-messages'
import { actionLabel } from '../call/action-text'
import type { CallText } from '../call/call-text'
import { formatLength } from '../format/duration'
import { BEHIND_MS, urgencyOf } from '../live-client/board'

export type LiveText = ReturnType<typeof useTranslations<'live'>>
export type Concern = Readonly<{ key: string; tone: 'bad' | 'warn'; text: string; detail: string | null }>

/** What is wrong or worth a look, the worst first. */
export function concernsOf(tile: BoardTile, t: LiveText): Concern[] {
  const { faults, phrases, isAway, behindMs, phase } = tile
  const told = faults.map(({ id, severity, message, remedy }): Concern => ({ key: id, tone: severity, text: message, detail: remedy }))
  return [
    ...told.filter(({ tone }) => tone === 'bad'),
    ...phrases.slice(0, 1).map(({ phrase, track, atMs }): Concern => ({ key: 'phrase', tone: 'warn', text: t('phrase', { phrase, track }), detail: t('phrase-at', { length: formatLength(atMs) }) })),
    ...told.filter(({ tone }) => tone === 'warn'),
    ...(isAway ? [{ key: 'away', tone: 'warn', text: t('agent-away'), detail: null } as const] : []),
    ...(!isAway && behindMs > BEHIND_MS ? [{ key: 'behind', tone: 'warn', text: t('behind', { length: formatLength(behindMs) }), detail: null } as const] : []),
    ...(phase === 'paused' ? [{ key: 'paused', tone: 'warn', text: t('paused'), detail: null } as const] : []),
  ]
}

export const toneOf = (tile: BoardTile): 'bad' | 'warn' | 'plain' => (['bad', 'warn', 'warn', 'warn', 'plain'] as const)[urgencyOf(tile)]!

export const lastActionText = ({ lastAction }: BoardTile, t: CallText): string | null =>
  lastAction && actionLabel({ seq: 0, atMs: lastAction.atMs, ...lastAction.action }, t)

/** The technician and whom he talks with, or both at once where one microphone hears them. */
export const metersOf = ({ levelsDb }: BoardTile): readonly ('technician' | 'customer' | 'mixed')[] => ('mixed' in levelsDb ? ['mixed'] : ['technician', 'customer'])
