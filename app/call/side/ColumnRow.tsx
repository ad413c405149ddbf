/** One line of the column: something said, something done, or something that was not recorded. */
'use client'

import { Bookmark, CirclePause, FileQuestion, Headphones, Mic, PhoneOff, PhoneMissed, StickyNote, TriangleAlert, UserCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo, type ReactNode } from 'react'
import { formatLength } from '../../format/duration'
import type { ColumnItem } from '../../player/column'
import type { Unordered } from '../../player/order'
import { coachSentence, presenceSentence } from '../coach-text'
import { missingSentence } from '../missing-text'
import { ActionCard } from './ActionCard'
import { HearCoach } from './HearCoach'
import { Marked } from './Marked'
import { SeekTime } from './SeekTime'
import { SpeechRow } from './SpeechRow'

export type RowPosition = 'past' | 'current' | 'ahead'
type ColumnRowProps = Readonly<{ item: ColumnItem; position: RowPosition; unordered: Unordered | null }>

export const ColumnRow = memo(function ColumnRow({ item, position, unordered }: ColumnRowProps) {
  const t = useTranslations('call')
  switch (item.kind) {
    case 'speech':
      return <SpeechRow speech={item.speech} position={position} />
    case 'action':
      return <ActionCard action={item.action} isCurrent={position === 'current'} unordered={unordered} />
    case 'note':
      return (
        <Line atMs={item.atMs} icon={<StickyNote />}>
          <span dir="auto" className="block break-words whitespace-pre-wrap">
            <bdi className="font-semibold">{item.note.by.name}</bdi> {item.note.to === 'technician' && <span className="text-ink-2">{t('coach.wrote')} </span>}
            <Marked text={item.note.text} />
          </span>
        </Line>
      )
    case 'moment':
      return (
        <Line atMs={item.atMs} icon={<Bookmark />}>
          {item.moment.notes.map(({ id, by, text }) => (
            <span key={id} dir="auto" className="block break-words whitespace-pre-wrap">
              <bdi className="font-semibold">{by.name}</bdi> <Marked text={text} />
            </span>
          ))}
        </Line>
      )
    case 'consent':
      return (
        <Line atMs={item.atMs} icon={<Mic />}>
          {t(`consent.line.${item.consent.state}`, { by: item.consent.by })}
        </Line>
      )
    case 'hold':
      return (
        <Line atMs={item.atMs} icon={<PhoneMissed />}>
          {item.hold.toMs === null ? t('hold.open') : t('hold.over', { length: formatLength(item.hold.toMs - item.hold.fromMs) })}
        </Line>
      )
    case 'presence':
      return (
        <Line atMs={item.atMs} icon={item.presence.as === 'witness' ? <UserCheck /> : <Headphones />}>
          <Marked text={presenceSentence(item.presence, t)} />
        </Line>
      )
    case 'coach':
      return (
        <Line atMs={item.atMs} icon={<Headphones />}>
          <Marked text={coachSentence(item.stretch, t)} /> <HearCoach stretch={item.stretch} />
        </Line>
      )
    case 'missing':
      return (
        <Line atMs={item.atMs} icon={item.range.state === 'paused' ? <CirclePause /> : <TriangleAlert />} tone={item.range.state === 'paused' ? 'hatched text-ink' : 'bg-bad-tint text-bad'}>
          <Marked text={missingSentence(item.range, t)} />
          {item.range.state === 'lost' && item.range.detail && <Detail text={item.range.detail} />}
        </Line>
      )
    case 'hang-up':
      return (
        <Line atMs={item.atMs} icon={<PhoneOff />}>
          {t('hang-up')}
        </Line>
      )
    case 'unknown':
      return (
        <Line atMs={item.atMs} icon={<FileQuestion />}>
          {t('unknown', { kind: item.entry.kind })} <code className="font-mono text-label break-all">{item.entry.json}</code>
        </Line>
      )
  }
})

type LineProps = Readonly<{ atMs: number; icon: ReactNode; tone?: string; children: ReactNode }>

function Line({ atMs, icon, tone = 'text-ink-2', children }: LineProps) {
  return (
    <div className="grid grid-cols-[var(--time)_minmax(0,1fr)] gap-x-3 px-4 py-1.5">
      <SeekTime atMs={atMs} />
      <div className={`flex items-start gap-2 rounded-md text-meta [&_svg]:mt-0.5 [&_svg]:size-3.5 [&_svg]:shrink-0 ${tone === 'text-ink-2' ? tone : `px-2 py-1 ${tone}`}`}>
        <span aria-hidden="true">{icon}</span>
        <div className="min-w-0 break-words">{children}</div>
      </div>
    </div>
  )
}

/** What a program wrote, for whoever looks into it. */
function Detail({ text }: Readonly<{ text: string }>) {
  const t = useTranslations('call.missing')
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm underline underline-offset-2">{t('detail')}</summary>
      <code className="block max-h-40 overflow-y-auto font-mono text-label break-words whitespace-pre-wrap text-ink-2">{text}</code>
    </details>
  )
}
