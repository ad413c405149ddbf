/** What a clip is made with; the list may be one that is made with it. */
'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { MAX_CLIP_TITLE, MAX_COMMENT, MAX_LIST_NAME } from '@/server/training/limits'
import { formatLength, formatPosition, formatPositionTenths } from '../format/duration'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { Select } from '../ui/Select'
import { useChange } from '../ui/use-change'
import { type ClipDraft, type TrainingChoices, useCall } from './call-context'
import { clipRangeOf, readPosition } from './clip-range'
import { PositionField } from './PositionField'

const NEW = 'new'

type AddClipFormProps = Readonly<{ draft: ClipDraft; choices: TrainingChoices; onDone: () => void }>

export function AddClipForm({ draft, choices: { lists, teams }, onDone }: AddClipFormProps) {
  const t = useTranslations('call.train')
  const { call, addToTraining } = useCall()
  const { isWaiting, refusal, run } = useChange()
  const [range] = useState(() => clipRangeOf(draft, call.lengthMs))
  const [start, setStart] = useState(() => formatPositionTenths(range.startMs))
  const [end, setEnd] = useState(() => formatPositionTenths(range.endMs))
  const [listId, setListId] = useState(lists[0]?.id ?? NEW)
  const commentId = useId()
  const [startMs, endMs] = [readPosition(start, range.startMs), readPosition(end, range.endMs)]
  const list = lists.find(({ id }) => id === listId)
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (startMs === null || endMs === null) return
    const fields = new FormData(event.currentTarget)
    const text = textOf(fields, 'comment').trim()
    const clip = {
      list: list ? list.id : { name: textOf(fields, 'name'), teaches: '', teamId: textOf(fields, 'team') || null },
      title: textOf(fields, 'title'),
      // What is shown in tenths is the end of the call's sound to the millisecond.
      ...{ startMs, endMs: endMs === Math.floor(call.lengthMs / 100) * 100 ? call.lengthMs : endMs },
      comment: text === '' ? null : { atMs: draft.startMs, text },
    }
    run(() => addToTraining(clip), { say: t('added'), then: onDone })
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Refusal text={refusal} />
      <Select autoFocus label={t('list')} value={listId} onChange={(event) => setListId(event.target.value)} hint={list && list.assignedCount > 0 ? t('gives', { count: list.assignedCount }) : undefined}>
        {lists.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        <option value={NEW}>{t('new-list')}</option>
      </Select>
      {!list && (
        <>
          <Field label={t('list-name')} hint={t('list-name-hint')} name="name" required maxLength={MAX_LIST_NAME} autoComplete="off" />
          {teams.length > 0 && (
            <Select label={t('team')} hint={t('team-hint')} name="team" defaultValue={teams[0]?.id}>
              <option value="">{t('no-team')}</option>
              {teams.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </>
      )}
      <Field label={t('clip-title')} hint={t('clip-title-hint')} name="title" required maxLength={MAX_CLIP_TITLE} dir="auto" autoComplete="off" />
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <PositionField label={t('start')} text={start} minMs={0} maxMs={call.lengthMs} onText={setStart} />
        <PositionField label={t('end')} text={end} minMs={0} maxMs={call.lengthMs} onText={setEnd} />
        {startMs !== null && endMs !== null && endMs > startMs && <p className="times pb-2 text-ink-2">{t('length', { length: formatLength(endMs - startMs) })}</p>}
      </div>
      <div className="grid gap-1">
        <label htmlFor={commentId} className="font-medium">
          {t('comment', { position: formatPosition(draft.startMs) })}
        </label>
        <textarea id={commentId} name="comment" rows={2} maxLength={MAX_COMMENT} dir="auto" aria-describedby={`${commentId}-hint`} className="w-full resize-y rounded-md border border-line-2 bg-surface px-2.5 py-1.5" />
        <p id={`${commentId}-hint`} className="text-meta text-ink-3">
          {t('comment-hint')}
        </p>
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button kind="primary" type="submit" disabled={isWaiting}>
          {t('add')}
        </Button>
      </div>
    </form>
  )
}
