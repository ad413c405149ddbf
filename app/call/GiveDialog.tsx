/** Who reviews this call: each reviewer with whether he was given it, and the button that changes that. */
'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState, useTransition } from 'react'
import type { ReviewerItem } from '@/server/access/call-grants'
import { Instant } from '../format/Instant'
import { Button } from '../ui/Button'
import { say } from '../ui/say'
import { TitledDialog } from '../ui/TitledDialog'
import { useCall } from './call-context'

export default function GiveDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useTranslations('call.give')
  const { listReviewers, setGiven } = useCall()
  const [reviewers, setReviewers] = useState<readonly ReviewerItem[] | 'failed' | null>(null)
  const [isWaiting, start] = useTransition()
  useEffect(() => {
    let isGone = false
    const show = (answer: readonly ReviewerItem[] | null): void => {
      if (!isGone) setReviewers(answer ?? 'failed')
    }
    listReviewers().then(show, () => show(null))
    return () => {
      isGone = true
    }
  }, [listReviewers])
  const change = ({ id, name }: ReviewerItem, isGiven: boolean): void =>
    start(async () => {
      const answer = await setGiven(id, isGiven).catch(() => null)
      if (answer === null) return say(t('failed'))
      setReviewers(answer)
      say(t(isGiven ? 'given' : 'taken-back', { name }))
    })
  return (
    <TitledDialog title={t('title')} text={t('text')} className="w-[min(440px,calc(100vw-32px))]" onClose={onClose}>
      {reviewers === null && <p role="status" className="text-ink-2">{t('loading')}</p>}
      {reviewers === 'failed' && <p role="alert" className="text-bad">{t('not-listed')}</p>}
      {Array.isArray(reviewers) && reviewers.length === 0 && <p className="text-ink-2">{t('nobody')}</p>}
      {Array.isArray(reviewers) && reviewers.length > 0 && (
        <ul className="grid border-t border-line">
          {(reviewers as readonly ReviewerItem[]).map((reviewer) => (
            <li key={reviewer.id} className="flex min-h-11 items-center gap-3 border-b border-line">
              <span className="min-w-0 flex-1">
                <bdi className="block truncate font-medium">{reviewer.name}</bdi>
                {reviewer.givenAt && <span className="block text-meta text-ink-2">{t('since')} <Instant at={reviewer.givenAt} show="day-and-time" /></span>}
              </span>
              <Button disabled={isWaiting} aria-label={t(reviewer.givenAt ? 'take-back-from' : 'give-to', { name: reviewer.name })} onClick={() => change(reviewer, reviewer.givenAt === null)}>
                {t(reviewer.givenAt ? 'take-back' : 'give')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </TitledDialog>
  )
}
