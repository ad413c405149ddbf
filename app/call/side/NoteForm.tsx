/** A new note: for the instant at which it was begun, or for the stretch from there to the playhead. */
'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type KeyboardEvent, useId, useRef, useState, useTransition } from 'react'
import { formatPosition, formatPositionTenths } from '../../format/duration'
import { Button } from '../../ui/Button'
import { say } from '../../ui/say'
import { useCall } from '../call-context'
import { useAtClock, useClock } from '../clock'
import { TrainButton } from '../TrainButton'

/** As the server has it. */
const MAX_CHARACTERS = 4_000

export function NoteForm({ startMs, onDone }: Readonly<{ startMs: number; onDone: () => void }>) {
  const t = useTranslations('call.notes')
  const { addNote } = useCall()
  const clock = useClock()
  const [endMs, setEndMs] = useState(startMs)
  const [text, setText] = useState('')
  const [isWaiting, start] = useTransition()
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  const isLater = useAtClock((atMs) => atMs > startMs)
  const isRange = endMs > startMs

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim() === '') return
    start(async () => {
      if (await addNote({ startMs, endMs, text })) onDone()
      else say(t('not-added'))
    })
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onDone()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit()
    else return
    event.preventDefault()
  }
  return (
    <form ref={form} onSubmit={submit} className="mx-4 mt-3 grid gap-2 rounded-md border border-line-2 p-3">
      <label htmlFor={id} className="text-meta text-ink-2">
        {isRange ? t('from-to', { from: formatPositionTenths(startMs), to: formatPositionTenths(endMs) }) : t('at', { position: formatPositionTenths(startMs) })}
      </label>
      <textarea
        id={id}
        // The person has just asked for it, with a key or a press.
        autoFocus
        required
        maxLength={MAX_CHARACTERS}
        rows={3}
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
        {isRange ? (
          <Button onClick={() => setEndMs(startMs)}>{t('only-instant', { position: formatPosition(startMs) })}</Button>
        ) : (
          <Button disabled={!isLater} onClick={() => setEndMs(clock.atMs)}>
            {t('until-here')}
          </Button>
        )}
        <TrainButton draft={{ startMs, endMs }} />
        <Button kind="quiet" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
