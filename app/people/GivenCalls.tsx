/** The calls that a reviewer was given, and the way to give him one more. */
'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { FormEvent } from 'react'
import { Instant } from '../format/Instant'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Field } from '../ui/Field'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'

type GivenCall = Readonly<{ callId: string; startedAt: string; customer: string | null; technician: string }>
type GivenCallsProps = Readonly<{ grants: readonly GivenCall[]; onGive: (call: string) => Promise<ChangeAnswer>; onTakeBack: (callId: string) => Promise<ChangeAnswer> }>

export function GivenCalls({ grants, onGive, onTakeBack }: GivenCallsProps) {
  const t = useTranslations('people')
  const unknown = useTranslations('calls')('customer-unknown')
  const { isWaiting, refusal, run } = useChange()
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    run(() => onGive(textOf(new FormData(form), 'call')), { say: t('call-given'), then: () => form.reset() })
  }
  return (
    <>
      <Refusal text={refusal} />
      {grants.length === 0 && <p className="text-ink-3">{t('nothing-given')}</p>}
      <ul>
        {grants.map(({ callId, startedAt, customer, technician }) => (
          <li key={callId} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1">
            <Link href={`/calls/${callId}`} prefetch={false} className="font-medium underline underline-offset-2">
              <bdi>{customer ?? unknown}</bdi>
            </Link>
            <bdi className="text-ink-2">{technician}</bdi>
            <Instant at={startedAt} show="day-and-time" className="text-ink-2" />
            <Button kind="quiet" disabled={isWaiting} aria-label={t('take-back-of', { customer: customer ?? unknown })} onClick={() => run(() => onTakeBack(callId), { say: t('call-taken-back') })}>
              {t('take-back')}
            </Button>
          </li>
        ))}
      </ul>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <Field label={t('call-address')} hint={t('call-address-hint')} name="call" required autoComplete="off" className="min-w-60 flex-1" />
        <Button type="submit" disabled={isWaiting} className="mb-[25px]">
          {t('give')}
        </Button>
      </form>
    </>
  )
}
