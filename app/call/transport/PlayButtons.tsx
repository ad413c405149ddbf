/** Play or pause, five seconds back, five seconds on. */
'use client'

import { Pause, Play, RotateCcw, RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../../ui/Button'
import { Tip } from '../../ui/Tip'
import { say } from '../../ui/say'
import { useClock, useClockState } from '../clock'

const STEP_MS = 5_000

export function PlayButtons() {
  const t = useTranslations('call')
  const clock = useClock()
  const { state } = useClockState()
  const isPlaying = state === 'playing' || state === 'waiting'
  const label = t(isPlaying ? 'transport.pause' : 'transport.play')
  return (
    <>
      <Tip label={label} keys={t('keys.space')}>
        <button
          type="button"
          aria-label={label}
          disabled={state === 'detached'}
          onClick={() => void clock.toggle().catch(() => say(t('moment.not-played')))}
          className="grid size-8 place-items-center rounded-full bg-ink text-paper disabled:cursor-not-allowed disabled:bg-line-2 disabled:text-ink-3"
        >
          {isPlaying ? <Pause size={16} fill="currentColor" aria-hidden="true" /> : <Play size={16} className="translate-x-px" fill="currentColor" aria-hidden="true" />}
        </button>
      </Tip>
      <Tip label={t('transport.back')} keys="←">
        <Button kind="quiet" className="px-1.5" aria-label={t('transport.back')} onClick={() => clock.seekBy(-STEP_MS)}>
          <RotateCcw size={15} strokeWidth={1.75} aria-hidden="true" />5
        </Button>
      </Tip>
      <Tip label={t('transport.forward')} keys="→">
        <Button kind="quiet" className="px-1.5" aria-label={t('transport.forward')} onClick={() => clock.seekBy(STEP_MS)}>
          <RotateCw size={15} strokeWidth={1.75} aria-hidden="true" />5
        </Button>
      </Tip>
    </>
  )
}
