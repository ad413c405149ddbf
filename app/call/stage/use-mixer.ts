/** Volume of each party, once the person has pressed play: browsers start no sound before. */
'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { type Party, PARTIES, PartyMixer } from '../../player/party-mixer'

/** `volume`, 0 to 1, stays what it was while a party is muted. */
export type PartySound = Readonly<{ isMuted: boolean; volume: number }>
export type Mixer = Readonly<{ sound: Readonly<Record<Party, PartySound>>; toggle: (party: Party) => void; setVolume: (party: Party, volume: number) => void }>

const FULL: PartySound = { isMuted: false, volume: 1 }

export function useMixer(media: HTMLVideoElement | null): Mixer {
  const [sound, setSound] = useState<Readonly<Record<Party, PartySound>>>({ technician: FULL, customer: FULL })
  const mixer = useRef<PartyMixer | null>(null)
  const wanted = useRef(sound)

  useEffect(() => {
    if (!media) return
    const start = (): void => {
      mixer.current ??= new PartyMixer(new AudioContext(), media)
      apply(mixer.current, wanted.current)
      void mixer.current.resume()
    }
    media.addEventListener('play', start)
    return () => {
      media.removeEventListener('play', start)
      void mixer.current?.dispose()
      mixer.current = null
    }
  }, [media])

  useEffect(() => {
    wanted.current = sound
    if (mixer.current) apply(mixer.current, sound)
  }, [sound])

  const change = useCallback((party: Party, make: (before: PartySound) => PartySound) => setSound((before) => ({ ...before, [party]: make(before[party]) })), [])
  return {
    sound,
    toggle: (party) => change(party, (before) => ({ ...before, isMuted: !before.isMuted })),
    // Whoever moves the volume of a muted party wants to hear it.
    setVolume: (party, volume) => change(party, () => ({ isMuted: false, volume })),
  }
}

function apply(mixer: PartyMixer, sound: Readonly<Record<Party, PartySound>>): void {
  for (const party of PARTIES) mixer.setVolume(party, sound[party].isMuted ? 0 : sound[party].volume)
}
