/** Which clip this is, and what one does when one has gone through it. */
'use client'

import { ArrowRight, Check, PhoneCall } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ClipView, ListView } from '@/server/training/view'
import { Button, buttonLook } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'

type ClipBarProps = Readonly<{ clip: ClipView; list: ListView; onTick: (clipId: string, isDone: boolean) => Promise<ChangeAnswer> }>

export function ClipBar({ clip, list, onTick }: ClipBarProps) {
  const t = useTranslations('training.play')
  const { isWaiting, refusal, run } = useChange()
  const at = list.clips.findIndex(({ id }) => id === clip.id)
  const isTicked = list.clips[at]?.isTicked ?? false
  const next = list.clips[at + 1]
  const tick = (): void => {
    if (isWaiting) return
    const isLast = list.clips.every(({ id, isTicked }) => isTicked || id === clip.id)
    run(() => onTick(clip.id, !isTicked), !isTicked && isLast ? { say: t('all-done') } : undefined)
  }
  return (
    <div className="border-b border-line bg-surface px-4 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 dir="auto" className="min-w-0 flex-1 basis-48 font-semibold break-words">
          {clip.title}
        </h2>
        {clip.call && (
          <Link href={`/calls/${clip.call.id}?t=${clip.call.startMs}`} prefetch={false} className={buttonLook('quiet')}>
            <PhoneCall size={15} strokeWidth={1.75} aria-hidden="true" />
            {t('in-call')}
          </Link>
        )}
        {list.own && (
          <Button kind={isTicked ? 'plain' : 'primary'} aria-pressed={isTicked} onClick={tick}>
            <Check size={15} strokeWidth={2} className={isTicked ? 'text-ok' : ''} aria-hidden="true" />
            {t('tick')}
          </Button>
        )}
        {next && (
          <Link href={`/training/${list.id}?clip=${next.id}`} prefetch={false} className={buttonLook('plain')}>
            {t('next')}
            <ArrowRight size={15} strokeWidth={1.75} aria-hidden="true" />
          </Link>
        )}
      </div>
      <Refusal text={refusal} />
    </div>
  )
}
