/** The phrases that raise a team's running calls, one a line. */
'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId } from 'react'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'

type PhrasesFormProps = Readonly<{ teamName: string; phrases: readonly string[]; onSave: (phrases: string[]) => Promise<ChangeAnswer> }>

export function PhrasesForm({ teamName, phrases, onSave }: PhrasesFormProps) {
  const t = useTranslations('teams')
  const id = useId()
  const { isWaiting, refusal, run } = useChange()
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const lines = textOf(new FormData(event.currentTarget), 'phrases').split('\n').filter((line) => line.trim() !== '')
    run(() => onSave(lines), { say: t('phrases-saved', { name: teamName }) })
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Refusal text={refusal} />
      <div className="grid max-w-sm gap-1">
        <label htmlFor={id} className="font-medium">
          {t('phrases')}
        </label>
        <textarea
          id={id}
          name="phrases"
          rows={Math.min(8, Math.max(3, phrases.length + 1))}
          defaultValue={phrases.join('\n')}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          className="w-full rounded-md border border-line-2 bg-surface px-2.5 py-1.5 text-body text-ink"
        />
        <p id={`${id}-hint`} className="text-meta text-ink-3">
          {t('phrases-hint')}
        </p>
      </div>
      <Button type="submit" kind="plain" disabled={isWaiting} className="justify-self-start">
        {t('save-phrases')}
      </Button>
    </form>
  )
}
