/** The comments of a clip in the order of their instants, and the way to add one. */
'use client'

import { MessageSquarePlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import type { ClipCommentView, ClipView } from '@/server/training/view'
import { useAtClock, useClock } from '../call/clock'
import { SeekTime } from '../call/side/SeekTime'
import { Instant } from '../format/Instant'
import { findItemAt } from '../player/column'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { ConfirmButton } from '../ui/ConfirmButton'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'
import { CommentForm } from './CommentForm'

type ClipCommentsProps = Readonly<{
  clip: ClipView
  onComment: (clipId: string, comment: { atMs: number; text: string }) => Promise<ChangeAnswer>
  onDelete: (commentId: string) => Promise<ChangeAnswer>
}>

export function ClipComments({ clip: { id, comments }, onComment, onDelete }: ClipCommentsProps) {
  const t = useTranslations('training.comment')
  const clock = useClock()
  const { refusal, run } = useChange()
  const [draftAtMs, setDraftAtMs] = useState<number | null>(null)
  /** The form takes the focus with it when it goes: the button in its place has it then. */
  const [isBack, setIsBack] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  const current = useAtClock((atMs) => findItemAt(comments, atMs))
  const leaveForm = (): void => {
    setIsBack(true)
    setDraftAtMs(null)
  }
  return (
    <section aria-labelledby="comments" className="scrollbar-thin grid shrink-0 content-start gap-2 border-t border-line bg-surface px-4 py-3 wide:max-h-[30%] wide:overflow-y-auto">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id="comments" ref={title} tabIndex={-1} className="font-semibold">
          {t('title')}
        </h3>
        {draftAtMs === null && (
          <Button autoFocus={isBack} onClick={() => setDraftAtMs(clock.atMs)}>
            <MessageSquarePlus size={15} strokeWidth={1.75} aria-hidden="true" />
            {t('add')}
          </Button>
        )}
      </div>
      <Refusal text={refusal} />
      {draftAtMs !== null && <CommentForm key={draftAtMs} atMs={draftAtMs} onSave={(text) => onComment(id, { atMs: draftAtMs, text })} onDone={leaveForm} />}
      {comments.length === 0 && draftAtMs === null && <p className="text-ink-2">{t('none')}</p>}
      <ol className="grid gap-2.5 [--time:40px]">
        {comments.map((comment, index) => (
          <Comment key={comment.id} comment={comment} isCurrent={index === current} onDelete={() => run(() => onDelete(comment.id), { say: t('deleted'), then: () => title.current?.focus() })} />
        ))}
      </ol>
    </section>
  )
}

function Comment({ comment: { atMs, text, by, at, mayDelete }, isCurrent, onDelete }: Readonly<{ comment: ClipCommentView; isCurrent: boolean; onDelete: () => void }>) {
  const t = useTranslations('training.comment')
  return (
    <li className="grid grid-cols-[var(--time)_minmax(0,1fr)_auto] items-start gap-x-3" aria-current={isCurrent ? 'true' : undefined}>
      <SeekTime atMs={atMs} className="mt-px" />
      <div className={`min-w-0 border-l-2 pl-3 ${isCurrent ? 'border-warn' : 'border-line-2'}`}>
        <p className="text-meta text-ink-2">
          <bdi className="font-semibold text-ink">{by}</bdi> · <Instant at={at} show="day-and-time" />
        </p>
        <p dir="auto" className="break-words whitespace-pre-wrap">
          {text}
        </p>
      </div>
      {mayDelete && (
        <ConfirmButton label={t('delete')} title={t('delete-title')} confirm={t('delete')} cancel={t('cancel')} onConfirm={onDelete}>
          {t('delete-text')}
        </ConfirmButton>
      )}
    </li>
  )
}
