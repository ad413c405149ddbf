/** Volume of each party, once the person has pressed play: browsers start no sound before. */
'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { type Party, PARTIES, PartyMixer } from '../../player/party-mixer'

export type Mixer = Readonly<{ muted: Readonly<Record<Party, boolean>>; toggle: (party: Party) => void }>

export function useMixer(media: HTMLVideoElement | null): Mixer {
  const [muted, setMuted] = useState<Readonly<Record<Party, boolean>>>({ technician: false, customer: false })
  const mixer = useRef<PartyMixer | null>(null)
  const wanted = useRef(muted)

  useEffect(() => {
    if (!media) return
    const start = (): void => {
      mixer.current ??= new PartyMixer(new AudioContext(), media)
      for (const party of PARTIES) mixer.current.setMuted(party, wanted.current[party])
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
    wanted.current = muted
    for (const party of PARTIES) mixer.current?.setMuted(party, muted[party])
  }, [muted])

  const toggle = useCallback((party: Party) => setMuted((before) => ({ ...before, [party]: !before[party] })), [])
  return { muted, toggle }
}
