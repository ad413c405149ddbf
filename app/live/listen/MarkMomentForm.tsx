/** Marks what is heard now, with a word about it: it stands on the call's timeline afterwards. */
'use client'

import { BookmarkPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { formatPosition } from '../../format/duration'
import { Button } from '../../ui/Button'
import { textOf } from '../../ui/form-text'
import { say } from '../../ui/say'
import { type MarkMoment, useListening } from './listening-context'

const MAX_TEXT_LENGTH = 500

export function MarkMomentForm({ mark }: Readonly<{ mark: MarkMoment }>) {
  const t = useTranslations('live.mark')
  const { listening } = useListening()
  const [isWaiting, setWaiting] = useState(false)
  const submit = async (form: HTMLFormElement): Promise<void> => {
    const atMs = listening.player.positionMs
    const text = textOf(new FormData(form), 'text').trim() || t('without-words')
    setWaiting(true)
    const isMarked = await mark({ startMs: atMs, endMs: atMs, text }).catch(() => false)
    setWaiting(false)
    if (isMarked) form.reset()
    say(isMarked ? t('marked', { at: formatPosition(atMs) }) : t('failed'))
  }
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    void submit(event.currentTarget)
  }
  return (
    <form onSubmit={onSubmit} className="flex shrink-0 gap-2 border-t border-line px-4 py-3">
      <input name="text" type="text" autoComplete="off" maxLength={MAX_TEXT_LENGTH} aria-label={t('label')} placeholder={t('label')} className="h-[30px] min-w-0 flex-1 rounded-md border border-line-2 bg-surface px-2.5" />
      <Button type="submit" disabled={isWaiting}>
        <BookmarkPlus size={14} aria-hidden="true" />
        {t('button')}
      </Button>
    </form>
  )
}
