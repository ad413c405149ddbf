/** A new comment at the instant at which it was begun. */
'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import { MAX_COMMENT } from '@/server/training/limits'
import { formatPositionTenths } from '../format/duration'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'

export function CommentForm({ atMs, onSave, onDone }: Readonly<{ atMs: number; onSave: (text: string) => Promise<ChangeAnswer>; onDone: () => void }>) {
  const t = useTranslations('training.comment')
  const { isWaiting, refusal, run } = useChange()
  const [text, setText] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim() !== '') run(() => onSave(text), { say: t('added'), then: onDone })
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onDone()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit()
    else return
    event.preventDefault()
  }
  return (
    <form ref={form} onSubmit={submit} className="grid gap-2 rounded-md border border-line-2 p-3">
      <Refusal text={refusal} />
      <label htmlFor={id} className="text-meta text-ink-2">
        {t('label', { position: formatPositionTenths(atMs) })}
      </label>
      <textarea
        id={id}
        // The person has just asked for it.
        autoFocus
        required
        maxLength={MAX_COMMENT}
        rows={2}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
        className="w-full resize-y rounded-md border border-line-2 bg-surface px-2.5 py-1.5"
      />
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" type="submit" disabled={isWaiting || text.trim() === ''}>
          {t('save')}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
