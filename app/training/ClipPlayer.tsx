/** One clip, played in place: screen and both voices, words and deeds beside them, comments when it comes to them. */
'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useMemo, useState } from 'react'
import type { ClipView, ListView } from '@/server/training/view'
import { ClockContext, useNewClock } from '../call/clock'
import { Column } from '../call/side/Column'
import { ColumnCallContext } from '../call/side/column-call'
import { useMixer } from '../call/stage/use-mixer'
import type { RunCommand } from '../call/use-commands'
import { useKeys } from '../call/use-keys'
import { isMove, move } from '../player/moves'
import type { ChangeAnswer } from '../ui/change-answer'
import { say } from '../ui/say'
import { ClipBar } from './ClipBar'
import { ClipComments } from './ClipComments'
import { ClipStage } from './ClipStage'
import { ClipTransport } from './ClipTransport'
import { columnOfClip, coverageOfClip, voicesOfClip } from './clip-parts'

type ClipPlayerProps = Readonly<{
  clip: ClipView
  list: ListView
  onTick: (clipId: string, isDone: boolean) => Promise<ChangeAnswer>
  onCutAgain: (clipId: string) => Promise<ChangeAnswer>
  onComment: (clipId: string, comment: { atMs: number; text: string }) => Promise<ChangeAnswer>
  onDeleteComment: (commentId: string) => Promise<ChangeAnswer>
}>

export function ClipPlayer({ clip, list, onTick, onCutAgain, onComment, onDeleteComment }: ClipPlayerProps) {
  const t = useTranslations('training.play')
  const inCall = useTranslations('call')
  const clock = useNewClock(clip, clip.lengthMs, 0)
  const [media, setMedia] = useState<HTMLVideoElement | null>(null)
  const mixer = useMixer(media)
  const people = useMemo(() => voicesOfClip(clip, { technician: t('technician'), customer: t('customer') }), [clip, t])
  const coverage = useMemo(() => coverageOfClip(clip, t('technician')), [clip, t])
  const column = useMemo(() => columnOfClip(clip, coverage), [clip, coverage])
  const run = useCallback<RunCommand>((command) => {
    if (isMove(command)) move(command, clock, column, () => say(inCall('moment.not-played')))
  }, [clock, column, inCall])
  useKeys(run)
  return (
    <ClockContext value={clock}>
      <ColumnCallContext value={people}>
        <div className="flex min-h-0 min-w-0 flex-col">
          <ClipBar clip={clip} list={list} onTick={onTick} />
          <ClipStage clip={clip} coverage={coverage} onMedia={setMedia} onCutAgain={() => onCutAgain(clip.id)} />
          <ClipTransport clip={clip} people={people} mixer={mixer} />
          <ClipComments clip={clip} onComment={onComment} onDelete={onDeleteComment} />
        </div>
        <div className="flex h-[52dvh] min-h-0 flex-col border-line bg-surface [--time:40px] max-wide:border-t wide:h-auto wide:border-l">
          {column.length > 0 ? <Column items={column} label={t('words')} /> : <p className="px-4 py-3 text-ink-2">{t('no-words')}</p>}
        </div>
      </ColumnCallContext>
    </ClockContext>
  )
}
