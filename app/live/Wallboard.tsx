/** The calls that run now, what needs attention first; and who is ready for the next one. */
'use client'

import { LayoutGrid, PhoneOff, Rows3, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSearchParams } from 'next/navigation'
import { useEffect, useMemo, useState } from 'react'
import { FilterMenu } from '../call-list/FilterMenu'
import { type Board, CALM, EMPTY_BOARD, orderTiles, teamsOf, urgencyOf, watchBoard } from '../live-client/board'
import { Store } from '../live-client/store'
import { TopBar } from '../shell/TopBar'
import { Button } from '../ui/Button'
import { Chip } from '../ui/Chip'
import { Explanation } from '../ui/Explanation'
import { Refusal } from '../ui/Refusal'
import { CallGrid } from './CallGrid'
import { LinkNotice } from './LinkNotice'
import { Technicians } from './Technicians'
import { useBoardLook } from './use-board-look'
import { useLink } from './use-link'
import { useStore } from './use-store'

export function Wallboard() {
  const t = useTranslations('live')
  const link = useLink()
  const [store] = useState(() => new Store<Board>(EMPTY_BOARD))
  const [refusal, setRefusal] = useState<string | null>(null)
  const board = useStore(store)
  const { look, toggle } = useBoardLook()
  const team = useSearchParams().get('team')
  useEffect(() => (link ? watchBoard(link, store, setRefusal) : undefined), [link, store])

  const tiles = useMemo(() => orderTiles(board.tiles.values(), team), [board.tiles, team])
  const technicians = useMemo(() => board.technicians.filter(({ teams }) => team === null || teams.includes(team)), [board.technicians, team])
  const teams = useMemo(() => [...new Set([...teamsOf(board), ...(team === null ? [] : [team])])], [board, team])
  const concerned = tiles.filter((tile) => urgencyOf(tile) < CALM).length
  const pickTeam = (picked: string | undefined): void => history.replaceState(null, '', picked === undefined ? '/live' : `/live?team=${encodeURIComponent(picked)}`)

  return (
    <>
      <TopBar title={t('title')} detail={board.isLoaded ? t('count', { calls: tiles.length, ready: technicians.filter(({ state }) => state === 'ready').length }) : t('loading')}>
        {concerned > 0 && (
          <Chip tone="warn" icon={<TriangleAlert aria-hidden="true" />}>
            {t('concerned', { count: concerned })}
          </Chip>
        )}
        {teams.length > 0 && <FilterMenu name={t('team')} value={team ?? undefined} options={teams.map((name) => ({ value: name, label: name }))} onPick={pickTeam} />}
        <Button onClick={toggle} aria-pressed={look === 'rows'}>
          {look === 'rows' ? <LayoutGrid size={15} aria-hidden="true" /> : <Rows3 size={15} aria-hidden="true" />}
          {t(look === 'rows' ? 'look.tiles' : 'look.rows')}
        </Button>
      </TopBar>
      {link && (
        <div className="grid gap-2 px-4 not-empty:pt-3">
          <LinkNotice link={link} away={t('away')} />
        </div>
      )}
      <Refusal text={refusal} />
      {link && tiles.length > 0 && <CallGrid tiles={tiles} look={look} clock={link.clock} />}
      {!board.isLoaded && <BoardSkeleton />}
      {board.isLoaded && tiles.length === 0 && (
        <div className="grid min-h-[40dvh] flex-1 place-items-center">
          <Explanation icon={<PhoneOff aria-hidden="true" />} title={t(team === null ? 'empty.title' : 'empty.title-team', { team: team ?? '' })}>
            <p>{t(technicians.length === 0 ? 'empty.no-technicians' : 'empty.text')}</p>
          </Explanation>
        </div>
      )}
      <Technicians technicians={technicians} />
    </>
  )
}

function BoardSkeleton() {
  return (
    <div aria-hidden="true" className="m-4 grid grid-cols-[repeat(auto-fill,minmax(min(380px,100%),1fr))] gap-3">
      {[0, 1, 2].map((index) => (
        <div key={index} className="h-40 rounded-lg border border-line bg-surface" />
      ))}
    </div>
  )
}
