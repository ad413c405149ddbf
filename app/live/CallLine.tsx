/** One call as a row of the dense wallboard. */
'use client'

import { Ear, Headphones } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { memo } from 'react'
import type { BoardTile } from '@/protocol/live-messages'
import type { ServerClock } from '../live-client/server-clock'
import { buttonLook } from '../ui/Button'
import { Elapsed } from './Elapsed'
import { LevelMeter } from './LevelMeter'
import { concernsOf, lastActionText, metersOf, toneOf } from './tile-text'

type CallLineProps = Readonly<{ tile: BoardTile; clock: ServerClock }>

/** The row's columns; the first five stay on a phone. */
export const LINE_GRID = 'grid grid-cols-[8px_minmax(0,1.1fr)_52px_72px_auto] items-center gap-x-3 px-4 lg:grid-cols-[8px_minmax(0,1.3fr)_56px_110px_minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1.4fr)_auto]'
const CONCERNS = { bad: 'text-bad', warn: 'text-warn' } as const
const DOTS = { bad: 'bg-bad', warn: 'bg-warn', plain: 'bg-line-2' } as const

export const CallLine = memo(function CallLine({ tile, clock }: CallLineProps) {
  const t = useTranslations('live')
  const call = useTranslations('call')
  const { technician, customerName, levelsDb, lastWords, listeners, startedAt, callId } = tile
  const [worst] = concernsOf(tile, t)
  const tone = toneOf(tile)
  return (
    <article aria-label={t('tile', { technician: technician.name })} className={`${LINE_GRID} h-11 border-b border-line bg-surface`}>
      <span className={`size-2 rounded-full ${DOTS[tone]}`} aria-hidden="true" />
      <div className="min-w-0">
        <p className="truncate">
          <bdi className="font-semibold">{technician.name}</bdi> <span className="text-ink-3">{t('with')}</span> <bdi>{customerName ?? t('customer-unknown')}</bdi>
        </p>
        {worst && <p className={`truncate text-label lg:hidden ${CONCERNS[worst.tone]}`}>{worst.text}</p>}
      </div>
      <Elapsed since={startedAt} clock={clock} className="text-right text-ink-2" />
      <span className="grid gap-1">
        {metersOf(tile).map((track) => (
          <span key={track} title={t(`track.${track}`)}>
            <span className="sr-only">{t(`track.${track}`)} {levelsDb[track] === undefined && t('no-sound')}</span>
            <LevelMeter track={track} levelDb={levelsDb[track]} className="h-1.5" />
          </span>
        ))}
      </span>
      <span className="truncate max-lg:hidden">{lastWords ? <bdi>{t('quoted', { text: lastWords.text })}</bdi> : <span className="text-meta text-ink-3">{t('no-captions')}</span>}</span>
      <span className="truncate text-meta text-action max-lg:hidden">{lastActionText(tile, call)}</span>
      <span className={`flex min-w-0 items-center gap-1.5 text-meta max-lg:hidden ${worst ? CONCERNS[worst.tone] : 'text-ink-3'}`}>
        {worst ? (
          <span className="truncate">{worst.text}</span>
        ) : (
          listeners.length > 0 && (
            <>
              <Ear size={13} aria-hidden="true" className="shrink-0" />
              <bdi className="truncate">{t('listeners', { names: listeners.map(({ name }) => name).join(', ') })}</bdi>
            </>
          )
        )}
      </span>
      <Link href={`/live/${callId}`} prefetch={false} aria-label={t('listen-to', { technician: technician.name })} className={buttonLook('plain')}>
        <Headphones size={15} aria-hidden="true" />
        <span className="max-lg:sr-only">{t('listen.short')}</span>
      </Link>
    </article>
  )
})
