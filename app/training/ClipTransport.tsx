/** Play, step, speed, who is heard, and where in the clip one is, with its comments on the line. */
'use client'

import { useTranslations } from 'next-intl'
import type { ClipView } from '@/server/training/view'
import { useAtClock, useClock } from '../call/clock'
import { speakerName } from '../call/people'
import type { ColumnCall } from '../call/side/column-call'
import type { Mixer } from '../call/stage/use-mixer'
import { PartyButton } from '../call/transport/PartyButton'
import { PlayButtons } from '../call/transport/PlayButtons'
import { SpeedButton } from '../call/transport/SpeedButton'
import { formatPosition, formatPositionTenths } from '../format/duration'
import { PARTIES } from '../player/party-mixer'

const PLAYHEAD_STEP_MS = 100

type ClipTransportProps = Readonly<{ clip: ClipView; people: ColumnCall; mixer: Mixer }>

export function ClipTransport({ clip, people, mixer }: ClipTransportProps) {
  const t = useTranslations('call')
  const own = useTranslations('training.play')
  return (
    <section aria-label={own('transport')} className="sticky bottom-[52px] z-20 grid gap-y-1 border-t border-line bg-surface px-4 py-1.5 md:bottom-0 wide:static">
      <Timeline clip={clip} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <PlayButtons />
        <Position lengthMs={clip.lengthMs} />
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <SpeedButton />
          <div role="group" aria-label={t('transport.voices')} className="flex items-center border-l border-line pl-2">
            {PARTIES.filter((party) => clip.voices.includes(party)).map((party) => (
              <PartyButton key={party} party={party} name={speakerName(party, people, t)} sound={mixer.sound[party]} onToggle={() => mixer.toggle(party)} onVolume={(volume) => mixer.setVolume(party, volume)} />
            ))}
          </div>
        </div>
      </div>
    </section>
  )
}

function Position({ lengthMs }: Readonly<{ lengthMs: number }>) {
  const position = useAtClock(formatPositionTenths)
  return (
    <p className="times">
      <span className="text-title" data-testid="position">
        {position}
      </span>{' '}
      <span className="text-ink-3">/ {formatPositionTenths(lengthMs)}</span>
    </p>
  )
}

function Timeline({ clip: { lengthMs, comments } }: Readonly<{ clip: ClipView }>) {
  const t = useTranslations('training.play')
  const clock = useClock()
  const atMs = useAtClock((position) => Math.round(position / PLAYHEAD_STEP_MS) * PLAYHEAD_STEP_MS)
  return (
    <div className="relative pt-2">
      <div aria-hidden="true" className="absolute inset-x-2 top-0 h-2">
        {comments.map(({ id, atMs: at }) => (
          <span key={id} className="absolute size-1.5 -translate-x-1/2 rounded-full bg-warn" style={{ left: `${(100 * at) / lengthMs}%` }} />
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={lengthMs}
        step={PLAYHEAD_STEP_MS}
        value={atMs}
        aria-label={t('playhead')}
        aria-valuetext={formatPosition(atMs)}
        onChange={(event) => clock.seek(Number(event.target.value))}
        className="block w-full rounded-sm accent-ink"
      />
    </div>
  )
}
