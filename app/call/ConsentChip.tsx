/** Whether the customer was told and agreed, and when. */
'use client'

import { Mic, MicOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatPosition } from '../format/duration'
import { type Tone, chipLook } from '../ui/Chip'
import { useCall } from './call-context'
import { useClock } from './clock'

const TONES: Readonly<Record<'given' | 'announced' | 'refused', Tone>> = { given: 'plain', announced: 'plain', refused: 'warn' }

export function ConsentChip() {
  const t = useTranslations('call.consent')
  const { call } = useCall()
  const clock = useClock()
  const last = call.consents.at(-1)
  if (!last) {
    const isNeeded = call.consentRule.requires === 'all-parties'
    return (
      <span className={chipLook(isNeeded ? 'warn' : 'plain')}>
        <MicOff aria-hidden="true" />
        {t(isNeeded ? 'missing' : call.consentRule.requires === 'one-party' ? 'one-party' : 'no-rule')}
      </span>
    )
  }
  return (
    <button type="button" className={`${chipLook(TONES[last.state])} hover:bg-sunken`} onClick={() => clock.seek(last.atMs)}>
      <Mic aria-hidden="true" />
      {t(last.state, { at: formatPosition(last.atMs) })}
    </button>
  )
}
