/** Push to talk: as long as the button or the key T is held, the technician hears one in his headset; the customer does not. */
'use client'

import { Mic, MicOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Talk } from '../../live-client/talk/talk'
import { Notice } from '../../ui/Notice'
import { Tip } from '../../ui/Tip'
import { useStore } from '../use-store'
import { useListening } from './listening-context'

const FIELDS = 'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]'
/** What one said comes back this much later at most. */
const ECHO_MS = 1_000

export function TalkButton() {
  const t = useTranslations('live.talk')
  const { listening, call } = useListening()
  const [talk] = useState(() => new Talk((number, bytes) => listening.sendVoice(number, bytes)))
  const state = useStore(talk.state)
  const isTalking = state === 'talking'
  useEffect(() => () => talk.dispose(), [talk])
  useHeldKey(talk)
  useEffect(() => {
    if (!isTalking) return
    const { sound } = listening.player
    sound.setVolume('coach', 0)
    return () => void setTimeout(() => sound.setVolume('coach', 1), ECHO_MS)
  }, [isTalking, listening])

  if (state === 'unable') return <Notice icon={<MicOff aria-hidden="true" />}>{t('unable')}</Notice>
  return (
    <>
      <Tip label={t('hint', { name: call.technician.name })} keys="T">
        <button
          type="button"
          aria-pressed={isTalking}
          aria-keyshortcuts="t"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId)
            void talk.press()
          }}
          onPointerUp={() => talk.release()}
          onPointerCancel={() => talk.release()}
          onKeyDown={(event) => {
            if (event.key !== ' ' && event.key !== 'Enter') return
            event.preventDefault()
            if (!event.repeat) void talk.press()
          }}
          onKeyUp={() => talk.release()}
          onBlur={() => talk.release()}
          onContextMenu={(event) => event.preventDefault()}
          className={`flex h-[34px] touch-none items-center justify-center gap-2 rounded-md border px-3 font-medium select-none ${isTalking ? 'border-bad bg-bad-tint text-bad' : 'border-line-2 bg-surface hover:bg-sunken'}`}
        >
          <Mic size={15} aria-hidden="true" />
          {t(isTalking ? 'talking' : state === 'opening' ? 'opening' : 'hold', { name: call.technician.name })}
        </button>
      </Tip>
      {state === 'refused' && (
        <Notice tone="bad" role="alert" icon={<MicOff aria-hidden="true" />}>
          {t('refused')}
        </Notice>
      )}
    </>
  )
}

function useHeldKey(talk: Talk): void {
  useEffect(() => {
    const isOurs = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean =>
      key.toLowerCase() === 't' && !ctrlKey && !metaKey && !altKey && !(target instanceof Element && target.closest(FIELDS))
    const press = (event: KeyboardEvent): void => {
      if (!event.repeat && isOurs(event)) void talk.press()
    }
    const release = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === 't') talk.release()
    }
    const leave = (): void => talk.release()
    window.addEventListener('keydown', press)
    window.addEventListener('keyup', release)
    window.addEventListener('blur', leave)
    return () => {
      window.removeEventListener('keydown', press)
      window.removeEventListener('keyup', release)
      window.removeEventListener('blur', leave)
    }
  }, [talk])
}
