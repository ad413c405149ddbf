/** Who looked, listened, downloaded, changed. To whoever may not read it there is no such page; reading it is audited too. */
import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import { recordAudit } from '@/server/access/audit'
import { auditFilterSchema, auditScopeOf, listActors, listAudit } from '@/server/access/audit-trail'
import { getRuntime } from '@/server/runtime'
import { AuditFilters } from '@/app/audit/AuditFilters'
import { AuditPages } from '@/app/audit/AuditPages'
import { AuditTable } from '@/app/audit/AuditTable'
import { findZone } from '@/app/format/find-zone'
import { translate } from '@/app/i18n/translate'
import { findCaller } from '@/app/shell/caller'
import { requireViewer } from '@/app/shell/require-viewer'
import { TopBar } from '@/app/shell/TopBar'
import { buttonLook } from '@/app/ui/Button'

export const metadata: Metadata = { title: translate('audit.title') }

const PAGE_SIZE = 100

type AuditRouteProps = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export default async function AuditRoute({ searchParams }: AuditRouteProps) {
  const viewer = await requireViewer('/audit')
  const { database } = getRuntime()
  const scope = (await auditScopeOf(database, viewer)) ?? notFound()
  const asked = await searchParams
  const filter = auditFilterSchema.parse(asked)
  const before = typeof asked['before'] === 'string' && /^\d{1,18}$/.test(asked['before']) ? BigInt(asked['before']) : undefined
  const zone = findZone(await cookies())
  await recordAudit(database, { verb: 'audit-looked', actorId: viewer.id, address: await findCaller(), detail: { ...filter } })
  const [{ items, next }, people] = await Promise.all([listAudit(database, { viewer, scope, filter, zone, before, limit: PAGE_SIZE }), scope === 'everything' ? listActors(database) : []])
  const search = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== undefined))
  return (
    <>
      <TopBar title={translate('audit.title')} detail={translate(scope === 'everything' ? 'audit.detail' : 'audit.detail-own')}>
        {/* A file, not a page: Next's own link would ask for it as one. */}
        <a href={`/api/audit.csv?${new URLSearchParams([...search, ['zone', zone]])}`} download className={buttonLook('plain')}>
          <Download size={16} aria-hidden="true" />
          {translate('audit.csv')}
        </a>
      </TopBar>
      <AuditFilters filter={filter} scope={scope} people={people} />
      <AuditTable items={items} />
      <AuditPages search={search} isFirst={before === undefined} next={next === null ? null : String(next)} />
    </>
  )
}
