/** One call on the wallboard: who, how loud, what was last said and done, what is wrong. */
'use client'

import { Captions, CaptionsOff, CirclePause, Ear, Headphones, Ticket, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { memo } from 'react'
import type { BoardTile } from '@/protocol/live-messages'
import type { ServerClock } from '../live-client/server-clock'
import { buttonLook } from '../ui/Button'
import { Chip } from '../ui/Chip'
import { Elapsed } from './Elapsed'
import { LevelMeter } from './LevelMeter'
import { concernsOf, lastActionText, metersOf, toneOf } from './tile-text'

type CallTileProps = Readonly<{ tile: BoardTile; clock: ServerClock }>

const BORDERS = { bad: 'border-bad', warn: 'border-warn', plain: 'border-line' } as const
const CONCERNS = { bad: 'bg-bad-tint text-bad', warn: 'bg-warn-tint text-warn' } as const

export const CallTile = memo(function CallTile({ tile, clock }: CallTileProps) {
  const t = useTranslations('live')
  const call = useTranslations('call')
  const { technician, customerName, levelsDb, lastWords, ticket, listeners, startedAt, callId } = tile
  const tone = toneOf(tile)
  const action = lastActionText(tile, call)
  const Icon = tone === 'bad' ? TriangleAlert : CirclePause
  return (
    <article aria-label={t('tile', { technician: technician.name })} className={`flex h-full min-w-0 flex-col gap-2 rounded-lg border bg-surface p-3.5 ${BORDERS[tone]}`}>
      <div className="flex items-center gap-2">
        {tone === 'plain' || tile.phase !== 'paused' && tone === 'warn' ? (
          <span className={`size-2 shrink-0 rounded-full ${tone === 'plain' ? 'bg-bad' : 'bg-warn'}`} aria-hidden="true" />
        ) : (
          <Icon size={14} aria-hidden="true" className={`shrink-0 ${tone === 'bad' ? 'text-bad' : 'text-warn'}`} />
        )}
        <p className="min-w-0 flex-1 truncate">
          <bdi className="font-semibold">{technician.name}</bdi> <span className="text-ink-3">{t('with')}</span> <bdi>{customerName ?? t('customer-unknown')}</bdi>
        </p>
        <Elapsed since={startedAt} clock={clock} className="text-ink-2" />
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5 text-meta text-ink-2">
        {metersOf(tile).map((track) => (
          <div key={track} className="contents">
            <dt>{t(`track.${track}`)}</dt>
            <dd>
              <LevelMeter track={track} levelDb={levelsDb[track]} />
              {levelsDb[track] === undefined && <span className="sr-only">{t('no-sound')}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="flex min-h-5 min-w-0 items-center gap-1.5">
        {lastWords ? (
          <>
            <Captions size={14} aria-hidden="true" className="shrink-0 text-faint" />
            <bdi className="truncate">{t('quoted', { text: lastWords.text })}</bdi>
          </>
        ) : (
          <span className="flex items-center gap-1.5 text-meta text-ink-3">
            <CaptionsOff size={14} aria-hidden="true" />
            {t('no-captions')}
          </span>
        )}
      </p>
      <div className="mt-auto flex min-w-0 items-center gap-2">
        <Chip className="max-w-[45%] shrink-0" icon={<Ticket aria-hidden="true" />}>
          <bdi className="truncate">{ticket?.name ?? t('not-linked')}</bdi>
        </Chip>
        <span className="min-w-0 flex-1 truncate text-meta text-action">{action}</span>
        <Link href={`/live/${callId}`} prefetch={false} aria-label={t('listen-to', { technician: technician.name })} className={buttonLook('plain')}>
          <Headphones size={15} aria-hidden="true" />
          {t('listen.short')}
        </Link>
      </div>
      {concernsOf(tile, t).map(({ key, tone: of, text, detail }) => (
        <p key={key} className={`rounded-md px-2.5 py-1 text-meta ${CONCERNS[of]}`}>
          {text} {detail}
        </p>
      ))}
      {listeners.length > 0 && (
        <p className="flex items-center gap-1.5 text-meta text-ink-3">
          <Ear size={13} aria-hidden="true" className="shrink-0" />
          <bdi className="truncate">{t('listeners', { names: listeners.map(({ name }) => name).join(', ') })}</bdi>
        </p>
      )}
    </article>
  )
})
