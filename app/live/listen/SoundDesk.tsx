/** Start, back 30 seconds, back to now; each party's volume and level. */
'use client'

import { History, Radio, Volume2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { AudioTrack } from '@/protocol/tracks'
import { PartyButton } from '../../call/transport/PartyButton'
import { speakerName } from '../../call/people'
import type { PartySound } from '../../call/stage/use-mixer'
import { Button } from '../../ui/Button'
import { useStore } from '../use-store'
import { LiveLevel } from './LiveLevel'
import { useListening } from './listening-context'

const BACK_MS = 30_000
const FULL: PartySound = { isMuted: false, volume: 1 }

export function SoundDesk() {
  const t = useTranslations('live.sound')
  const call = useTranslations('call')
  const { listening, call: liveCall, view, listener } = useListening()
  const { player } = listening
  const output = useStore(player.sound.state)
  const { mode } = useStore(player.state)
  const [sounds, setSounds] = useState<Readonly<Partial<Record<AudioTrack, PartySound>>>>({})
  const tracks = liveCall.tracks.filter((track): track is AudioTrack => track !== 'screen' && track !== 'coach')

  const change = (track: AudioTrack, sound: PartySound): void => {
    setSounds((before) => ({ ...before, [track]: sound }))
    player.sound.setVolume(track, sound.isMuted ? 0 : sound.volume)
  }
  return (
    <section aria-label={t('title')} className={`sticky z-20 flex min-h-[52px] flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line bg-surface px-4 py-1.5 md:bottom-0 wide:static ${listener.by === 'session' ? 'bottom-[52px]' : 'bottom-0'}`}>
      {output === 'silent' && (
        <Button kind="primary" onClick={() => void player.sound.start()}>
          <Volume2 size={16} aria-hidden="true" />
          {t('start')}
        </Button>
      )}
      {output === 'running' && (
        <>
          <Button onClick={() => player.goBackBy(BACK_MS)}>
            <History size={15} aria-hidden="true" />
            {t('back')}
          </Button>
          <Button kind={mode === 'back' ? 'primary' : 'plain'} disabled={mode === 'now'} onClick={() => player.goToNow()}>
            <Radio size={15} aria-hidden="true" />
            {t(mode === 'now' ? 'at-now' : 'to-now')}
          </Button>
        </>
      )}
      <div role="group" aria-label={call('transport.voices')} className="flex flex-wrap items-center gap-x-5 gap-y-1 md:ml-auto">
        {tracks.map((track) => {
          const sound = sounds[track] ?? FULL
          const name = speakerName(track, view.call, call)
          return (
            <div key={track} className="flex items-center gap-2">
              <bdi className="max-w-36 truncate text-meta text-ink-2">{name}</bdi>
              <LiveLevel track={track} peaks={player.peaks} />
              <PartyButton
                party={track}
                name={name}
                sound={sound}
                onToggle={() => change(track, { ...sound, isMuted: !sound.isMuted })}
                onVolume={(volume) => change(track, { isMuted: false, volume })}
              />
            </div>
          )
        })}
      </div>
    </section>
  )
}
