/** The clips of a list in their order: titles, places, and out. */
'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { MAX_CLIP_TITLE } from '@/server/training/limits'
import type { ClipItem } from '@/server/training/view'
import { formatLength } from '../format/duration'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { ConfirmButton } from '../ui/ConfirmButton'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'

type Direction = 'earlier' | 'later'
type ClipRowsProps = Readonly<{
  clips: readonly ClipItem[]
  onRename: (clipId: string, title: string) => Promise<ChangeAnswer>
  onMove: (clipId: string, direction: Direction) => Promise<ChangeAnswer>
  onRemove: (clipId: string) => Promise<ChangeAnswer>
}>

export function ClipRows({ clips, onRename, onMove, onRemove }: ClipRowsProps) {
  const t = useTranslations('training')
  const { isWaiting, refusal, run } = useChange()
  const rows = useRef<HTMLOListElement>(null)
  if (clips.length === 0) return <p className="text-ink-3">{t('play.empty-keeper')}</p>
  const rename = (event: FormEvent<HTMLFormElement>, id: string): void => {
    event.preventDefault()
    const title = textOf(new FormData(event.currentTarget), 'title')
    run(() => onRename(id, title), { say: t('manage.renamed') })
  }
  const move = (clip: ClipItem, direction: Direction): void => run(() => onMove(clip.id, direction), { say: t('manage.moved', { title: clip.title }) })
  return (
    <>
      <Refusal text={refusal} />
      <ol ref={rows} tabIndex={-1} aria-label={t('manage.clips')} className="grid">
        {clips.map((clip, index) => (
          <li key={clip.id} className="grid grid-cols-[24px_minmax(0,1fr)] items-center gap-x-2 gap-y-1.5 border-b border-line py-2 first:border-t">
            <span className="times text-right text-ink-3">{index + 1}</span>
            <form onSubmit={(event) => rename(event, clip.id)} className="flex min-w-0 gap-2">
              <input name="title" defaultValue={clip.title} required maxLength={MAX_CLIP_TITLE} dir="auto" autoComplete="off" aria-label={t('manage.clip-title', { number: index + 1 })} className="h-[30px] min-w-0 flex-1 rounded-md border border-line-2 bg-surface px-2 text-body" />
              <Button type="submit" disabled={isWaiting} aria-label={t('manage.rename-of', { number: index + 1 })}>
                {t('manage.rename')}
              </Button>
            </form>
            <div className="col-start-2 flex flex-wrap items-center gap-2">
              <span className="mr-auto text-meta text-ink-3">
                {formatLength(clip.lengthMs)} · <bdi>{clip.addedBy}</bdi>
              </span>
              <MoveButton label={t('manage.earlier', { title: clip.title })} isAtEnd={index === 0} onPress={() => move(clip, 'earlier')}>
                <ArrowUp size={16} aria-hidden="true" />
              </MoveButton>
              <MoveButton label={t('manage.later', { title: clip.title })} isAtEnd={index === clips.length - 1} onPress={() => move(clip, 'later')}>
                <ArrowDown size={16} aria-hidden="true" />
              </MoveButton>
              <ConfirmButton
                label={t('manage.remove')}
                title={t('manage.remove-title', { title: clip.title })}
                confirm={t('manage.remove')}
                cancel={t('cancel')}
                disabled={isWaiting}
                // The row goes, and the focus with it: the list takes it.
                onConfirm={() => run(() => onRemove(clip.id), { say: t('manage.removed'), then: () => rows.current?.focus() })}
              >
                {t('manage.remove-text')}
              </ConfirmButton>
            </div>
          </li>
        ))}
      </ol>
    </>
  )
}

/** Not `disabled` at the end of its way: it keeps the focus of whoever moved the clip there by keyboard. */
function MoveButton({ label, isAtEnd, onPress, children }: Readonly<{ label: string; isAtEnd: boolean; onPress: () => void; children: ReactNode }>) {
  return (
    <Button kind="quiet" className="px-1.5 aria-disabled:cursor-not-allowed aria-disabled:opacity-50" aria-disabled={isAtEnd} aria-label={label} onClick={() => isAtEnd || onPress()}>
      {children}
    </Button>
  )
}
