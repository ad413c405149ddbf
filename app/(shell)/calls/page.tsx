/** The calls that the viewer may see, newest first. */
import type { Metadata } from 'next'
import { recordAudit } from '@/server/access/audit'
import { getRuntime } from '@/server/runtime'
import { listCalls } from '@/server/timeline/load-calls'
import { CallTable } from '@/app/call-list/CallTable'
import { NoCalls } from '@/app/call-list/NoCalls'
import { PageLinks } from '@/app/call-list/PageLinks'
import { summarise } from '@/app/call-list/summary'
import { formatLength } from '@/app/format/duration'
import { translate } from '@/app/i18n/translate'
import { findCaller } from '@/app/shell/caller'
import { requireViewer } from '@/app/shell/require-viewer'
import { TopBar } from '@/app/shell/TopBar'

export const metadata: Metadata = { title: translate('calls.title') }

const PAGE_SIZE = 50

type CallsRouteProps = Readonly<{ searchParams: Promise<{ before?: string | string[] }> }>

export default async function CallsRoute({ searchParams }: CallsRouteProps) {
  const { before } = await searchParams
  const viewer = await requireViewer('/calls')
  const { origin, ...runtime } = getRuntime()
  await recordAudit(runtime.database, { verb: 'calls-listed', actorId: viewer.id, address: await findCaller() })
  const { items, next } = await listCalls(runtime, viewer, { limit: PAGE_SIZE, before: typeof before === 'string' ? before : null })
  const { lengthMs, lostCount, lookCount } = summarise(items)
  return (
    <>
      <TopBar title={translate('calls.title')}>
        {items.length > 0 && (
          <p className="text-ink-2">
            {translate('calls.total', { count: items.length, length: formatLength(lengthMs) })}
            {lostCount > 0 && <span className="text-bad">. {translate('calls.lost', { count: lostCount })}</span>}
            {lookCount > 0 && <span className="text-warn">. {translate('calls.look', { count: lookCount })}</span>}
          </p>
        )}
      </TopBar>
      {items.length === 0 && !before ? <NoCalls serverUrl={origin} /> : <CallTable calls={items} />}
      <PageLinks before={typeof before === 'string' ? before : null} next={next} />
    </>
  )
}
