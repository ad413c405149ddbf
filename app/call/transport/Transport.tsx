/** Play, step, speed, who is heard, how close one looks. */
'use client'

import { FastForward, Keyboard, ZoomIn, ZoomOut } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { PARTIES } from '../../player/party-mixer'
import { Button } from '../../ui/Button'
import { useCall } from '../call-context'
import { speakerName } from '../people'
import type { Mixer } from '../stage/use-mixer'
import type { SkipSilence } from '../use-skip-silence'
import { PartyButton } from './PartyButton'
import { PlayButtons } from './PlayButtons'
import { Readout } from './Readout'
import { SpeedButton } from './SpeedButton'

const ZOOM_STEP = 0.2

type TransportProps = Readonly<{ mixer: Mixer; skipSilence: SkipSilence; zoom: number; onZoom: (zoom: number) => void; onKeys: () => void }>

export function Transport({ mixer, skipSilence, zoom, onZoom, onKeys }: TransportProps) {
  const t = useTranslations('call')
  const { call } = useCall()
  const parties = PARTIES.filter((party) => call.tracks.some(({ track }) => track === party))
  const zoomBy = (step: number): void => onZoom(Math.min(Math.max(zoom + step, 0), 1))
  return (
    <section aria-label={t('transport.title')} className="sticky bottom-[52px] z-20 flex min-h-[46px] flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-surface px-4 py-1.5 md:bottom-0 wide:static wide:col-span-2">
      <PlayButtons />
      <Readout />
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <SpeedButton />
        {skipSilence && (
          <Button kind="quiet" className="px-2 aria-pressed:bg-sunken aria-pressed:text-ink" aria-pressed={skipSilence.isOn} onClick={skipSilence.toggle}>
            <FastForward size={15} strokeWidth={1.75} aria-hidden="true" />
            <span className="max-lg:sr-only">{t('transport.skip-silence')}</span>
          </Button>
        )}
        {parties.length > 0 && (
          <div role="group" aria-label={t('transport.voices')} className="flex items-center border-l border-line pl-2">
            {parties.map((party) => (
              <PartyButton key={party} party={party} name={speakerName(party, call, t)} sound={mixer.sound[party]} onToggle={() => mixer.toggle(party)} onVolume={(volume) => mixer.setVolume(party, volume)} />
            ))}
          </div>
        )}
        <div role="group" aria-label={t('transport.zoom-group')} className="hidden items-center gap-1 border-l border-line pl-2 sm:flex">
          <Button kind="quiet" className="px-1.5" aria-label={t('transport.zoom-out')} onClick={() => zoomBy(-ZOOM_STEP)}>
            <ZoomOut size={16} strokeWidth={1.75} aria-hidden="true" />
          </Button>
          <input
            type="range"
            min={0}
            max={1}
            step={0.01}
            value={zoom}
            aria-label={t('transport.zoom')}
            onChange={(event) => onZoom(Number(event.target.value))}
            className="w-20 accent-ink"
          />
          <Button kind="quiet" className="px-1.5" aria-label={t('transport.zoom-in')} onClick={() => zoomBy(ZOOM_STEP)}>
            <ZoomIn size={16} strokeWidth={1.75} aria-hidden="true" />
          </Button>
        </div>
        <div className="hidden border-l border-line pl-2 lg:block">
          <Button kind="quiet" className="px-1.5" aria-label={t('keys.title')} title={t('keys.title')} onClick={onKeys}>
            <Keyboard size={16} strokeWidth={1.75} aria-hidden="true" />
          </Button>
        </div>
      </div>
    </section>
  )
}
