/** Standing as witness: from when to when somebody was there is an entry in the call's log. */
'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Check } from '../../ui/Check'
import { Refusal } from '../../ui/Refusal'
import { useStore } from '../use-store'
import { useListening } from './listening-context'

export function WitnessSwitch() {
  const t = useTranslations('live.witness')
  const { listening } = useListening()
  const isWitness = useStore(listening.isWitness)
  const [refusal, setRefusal] = useState<string | null>(null)
  const stand = async (stands: boolean): Promise<void> => {
    const why = await listening.standAsWitness(stands)
    setRefusal(why === null ? null : why || t('unanswered'))
  }
  return (
    <>
      <Check label={t('label')} hint={t('hint')} checked={isWitness} onChange={(event) => void stand(event.target.checked)} />
      <Refusal text={refusal} />
    </>
  )
}
