/** A word to the technician, in writing or by voice, and standing as witness. */
'use client'

import { Check, CheckCheck, Clock, Send, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId } from 'react'
import { MAX_COACH_TEXT_LENGTH } from '@/protocol/live-names'
import type { SentText } from '../../live-client/call-listening'
import { Button } from '../../ui/Button'
import { textOf } from '../../ui/form-text'
import { useStore } from '../use-store'
import { useListening } from './listening-context'
import { TalkButton } from './TalkButton'
import { WitnessSwitch } from './WitnessSwitch'

const SHOWN_TEXTS = 3
const ICONS = { sending: Clock, delivered: Check, read: CheckCheck, failed: TriangleAlert } as const

export function CoachBox() {
  const t = useTranslations('live.coach')
  const id = useId()
  const { listening, call } = useListening()
  const texts = useStore(listening.texts)
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const text = textOf(new FormData(form), 'text').trim()
    if (text === '') return
    form.reset()
    void listening.sendText(text)
  }
  return (
    <section aria-labelledby={`${id}-title`} className="grid shrink-0 gap-2.5 border-t border-line px-4 py-3">
      <h2 id={`${id}-title`} className="font-medium">
        {t('title', { name: call.technician.name })}
      </h2>
      <ul aria-live="polite" className="grid gap-1 empty:hidden">
        {texts.slice(-SHOWN_TEXTS).map((sent) => (
          <SentLine key={sent.key} sent={sent} />
        ))}
      </ul>
      <form onSubmit={send} className="flex gap-2">
        <input name="text" type="text" autoComplete="off" maxLength={MAX_COACH_TEXT_LENGTH} aria-label={t('label')} placeholder={t('label')} className="h-[30px] min-w-0 flex-1 rounded-md border border-line-2 bg-surface px-2.5" />
        <Button type="submit">
          <Send size={14} aria-hidden="true" />
          {t('send')}
        </Button>
      </form>
      <TalkButton />
      <WitnessSwitch />
      <p className="text-meta text-ink-3">
        {t('no-barge-in')} {t(`shown.${call.listenersShown}`)}
      </p>
    </section>
  )
}

function SentLine({ sent }: Readonly<{ sent: SentText }>) {
  const t = useTranslations('live.coach')
  const Icon = ICONS[sent.state]
  return (
    <li className="flex items-baseline gap-2">
      <bdi className="min-w-0 flex-1 break-words">{sent.text}</bdi>
      <span className={`flex shrink-0 items-center gap-1 text-meta ${sent.state === 'failed' ? 'text-bad' : sent.state === 'read' ? 'text-ok' : 'text-ink-3'}`}>
        <Icon size={13} aria-hidden="true" className="self-center" />
        {sent.state === 'failed' ? sent.why || t('state.unanswered') : t(`state.${sent.state}`)}
      </span>
    </li>
  )
}
