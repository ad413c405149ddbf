/** Gives the palette what the call page can do; its groups are fetched when it is first opened here. */
'use client'

import { lazy, useCallback } from 'react'
import { type PageCommands, usePageCommands } from '../palette/palette-context'
import type { ColumnItem } from '../player/column'
import type { PlayerClock } from '../player/player-clock'
import type { RunCommand } from './use-commands'

const CallCommands = lazy(() => import('./CallCommands'))

export function useCallCommands(clock: PlayerClock, column: readonly ColumnItem[], run: RunCommand, train: (() => void) | null): void {
  usePageCommands(useCallback<PageCommands>((choose) => <CallCommands column={column} run={run} train={train} seek={(atMs) => clock.seek(atMs)} choose={choose} />, [clock, column, run, train]))
}
