/** What somebody said, word by word; the word that is being heard is marked. */
'use client'

import { useTranslations } from 'next-intl'
import { Fragment, useMemo } from 'react'
import type { WordView } from '@/server/timeline/view'
import { findWordAt, type Speech } from '../../player/column'
import { findInWords } from '../../player/search'
import { useAtClock } from '../clock'
import { speakerName } from '../people'
import { useSearchMark } from '../search-context'
import { useColumnCall } from './column-call'
import type { RowPosition } from './ColumnRow'
import { MARK, Marked } from './Marked'
import { SeekTime } from './SeekTime'

const NAME: Readonly<Record<string, string>> = { technician: 'text-technician', customer: 'text-customer' }
const CURRENT: Readonly<Record<string, string>> = {
  technician: 'bg-linear-to-r from-technician-tint to-transparent',
  customer: 'bg-linear-to-r from-customer-tint to-transparent',
}
const MARKED: Readonly<Record<string, string>> = {
  technician: 'bg-technician/25',
  customer: 'bg-customer/25',
}
/** Below this the engine itself would not swear to the word. */
const DOUBTFUL = 0.5

type SpeechRowProps = Readonly<{ speech: Speech; position: RowPosition }>

export function SpeechRow({ speech, position }: SpeechRowProps) {
  const t = useTranslations('call')
  const call = useColumnCall()
  const { utterance } = speech
  const { leakedFrom, track } = utterance
  const isLeaked = leakedFrom !== null
  const look = position === 'current' && !isLeaked ? (CURRENT[track] ?? 'bg-linear-to-r from-sunken to-transparent') : ''
  return (
    <div className={`grid grid-cols-[var(--time)_minmax(0,1fr)] gap-x-3 px-4 ${speech.goesOn ? 'pt-0.5' : 'pt-2'} pb-1 ${look}`}>
      <SeekTime atMs={speech.startMs} className={speech.goesOn ? 'mt-0.5' : ''} />
      <div className="min-w-0">
        {!speech.goesOn && (
          <p className={`truncate text-label font-semibold ${isLeaked ? 'text-ink-3' : (NAME[track] ?? 'text-ink-2')}`}>
            <bdi>{isLeaked ? t('leaked-name', { track }) : speakerName(track, call, t)}</bdi>
          </p>
        )}
        <p dir="auto" className={`text-speech break-words ${isLeaked ? 'border-l-2 border-dashed border-line-2 pl-2 text-ink-3 italic' : position === 'ahead' ? 'text-ink-2' : 'text-ink'}`}>
          {speech.words.length === 0 ? <Marked text={utterance.text} /> : position === 'current' ? <SpokenWords words={speech.words} mark={MARKED[track] ?? 'bg-line-2'} /> : <Words words={speech.words} spoken={-1} mark="" />}
        </p>
        {isLeaked && <p className="text-label text-ink-3">{t('leaked', { from: leakedFrom, into: track })}</p>}
      </div>
    </div>
  )
}

function SpokenWords({ words, mark }: Readonly<{ words: readonly WordView[]; mark: string }>) {
  const spoken = useAtClock((atMs) => findWordAt(words, atMs))
  return <Words words={words} spoken={spoken} mark={mark} />
}

function Words({ words, spoken, mark }: Readonly<{ words: readonly WordView[]; spoken: number; mark: string }>) {
  const t = useTranslations('call')
  const { query } = useSearchMark()
  const { marked } = useMemo(() => findInWords(words, query), [words, query])
  return words.map((word, index) => (
    <Fragment key={index}>
      {index > 0 && !word.joinsPrevious && ' '}
      <span
        data-at={word.startMs}
        data-hit={marked.has(index) || undefined}
        data-spoken={index === spoken || undefined}
        title={word.confidence < DOUBTFUL ? t('doubtful', { confidence: word.confidence.toFixed(2) }) : undefined}
        className={`cursor-pointer rounded-sm hover:underline ${marked.has(index) ? MARK : index === spoken ? mark : ''} ${word.confidence < DOUBTFUL ? 'underline decoration-faint decoration-dotted underline-offset-4' : ''}`}
      >
        {word.text}
      </span>
    </Fragment>
  ))
}
