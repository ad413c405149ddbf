/** The still of where the player stands, as large as the stage, until the video itself can be seen. */
'use client'

import { stillAt } from '../../player/stills'
import { useAtClock } from '../clock'
import { type Stills, useStills } from './use-stills'

export function StillPoster() {
  const stills = useStills()
  return stills && <Poster stills={stills} />
}

function Poster({ stills: { layout, url } }: Readonly<{ stills: Stills }>) {
  const { widthPx, heightPx, columns, count } = layout
  const still = useAtClock((atMs) => stillAt(layout, atMs))
  return (
    <svg data-testid="still" aria-hidden="true" viewBox={`0 0 ${widthPx} ${heightPx}`} className="pointer-events-none absolute inset-0 size-full">
      <svg width={widthPx} height={heightPx} overflow="hidden">
        <image href={url} x={-(still % columns) * widthPx} y={-Math.floor(still / columns) * heightPx} width={columns * widthPx} height={Math.ceil(count / columns) * heightPx} />
      </svg>
    </svg>
  )
}
