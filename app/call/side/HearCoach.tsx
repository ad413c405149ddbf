/** Plays what a coach said to the technician alone; the call itself waits meanwhile. Nothing while the call still runs. */
'use client'

import { Square, Volume2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback, useContext, useState } from 'react'
import type { CoachStretch } from '../../player/column'
import { Button } from '../../ui/Button'
import { say } from '../../ui/say'
import { CallContext } from '../call-context'
import { ClockContext } from '../clock'

export function HearCoach({ stretch: { fromMs, toMs } }: Readonly<{ stretch: CoachStretch }>) {
  const t = useTranslations('call.coach')
  const clock = useContext(ClockContext)
  const call = useContext(CallContext)?.call
  const track = call?.tracks.find((view) => view.track === 'coach')
  const [isHeard, setIsHeard] = useState(false)
  const play = useCallback(
    (audio: HTMLAudioElement | null) => {
      audio?.play().catch(() => {
        // It was stopped before it began.
        if (!audio.isConnected) return
        setIsHeard(false)
        say(t('not-heard'))
      })
    },
    [t],
  )
  if (!clock || !track || call?.state !== 'closed') return null
  const toggle = (): void => {
    clock.pause()
    setIsHeard((before) => !before)
  }
  return (
    <>
      <Button kind="quiet" onClick={toggle}>
        {isHeard ? <Square size={14} aria-hidden="true" /> : <Volume2 size={14} aria-hidden="true" />}
        {t(isHeard ? 'stop' : 'hear')}
      </Button>
      {/* The file is in step with the other tracks; the browser stops where the stretch ends. */}
      {isHeard && <audio ref={play} src={`${track.mediaUrl}#t=${fromMs / 1_000},${toMs / 1_000}`} onPause={() => setIsHeard(false)} />}
    </>
  )
}
