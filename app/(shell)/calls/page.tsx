/** The calls that the viewer may see, as the address filters and orders them. */
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { formatCallFilter, leavesOut, parseCallFilter } from '@/protocol/call-filter'
import { getRuntime } from '@/server/runtime'
import { loadCallPage } from '@/server/timeline/call-page'
import { listTechnicians } from '@/server/timeline/list-technicians'
import { listSavedViews } from '@/server/timeline/saved-views'
import { CallList } from '@/app/call-list/CallList'
import { NoCalls } from '@/app/call-list/NoCalls'
import { parseZone, ZONE_COOKIE } from '@/app/format/zone'
import { translate } from '@/app/i18n/translate'
import { findCaller } from '@/app/shell/caller'
import { requireViewer } from '@/app/shell/require-viewer'
import { TopBar } from '@/app/shell/TopBar'
import { deleteCallView, saveCallView } from './actions'

export const metadata: Metadata = { title: translate('calls.title') }

type CallsRouteProps = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export default async function CallsRoute({ searchParams }: CallsRouteProps) {
  const given = Object.entries(await searchParams).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  const filter = parseCallFilter(new URLSearchParams(given))
  const query = formatCallFilter(filter)
  const viewer = await requireViewer(query === '' ? '/calls' : `/calls?${query}`)
  const { database } = getRuntime()
  const zone = parseZone((await cookies()).get(ZONE_COOKIE)?.value)
  const [initial, technicians, views] = await Promise.all([
    loadCallPage({ database }, { viewer, address: await findCaller(), filter, zone, before: null }),
    listTechnicians(database, viewer),
    listSavedViews(database, viewer),
  ])
  if (initial.items.length === 0 && !leavesOut(filter)) {
    return (
      <>
        <TopBar title={translate('calls.title')} />
        <NoCalls viewer={viewer} />
      </>
    )
  }
  return <CallList initialQuery={query} initial={initial} technicians={technicians} views={views} viewActions={{ save: saveCallView, remove: deleteCallView }} />
}
