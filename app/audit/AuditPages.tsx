/** To older entries and back to the newest, with the same filters. */
import Link from 'next/link'
import { translate } from '../i18n/translate'
import { buttonLook } from '../ui/Button'

type AuditPagesProps = Readonly<{ search: URLSearchParams; isFirst: boolean; next: string | null }>

export function AuditPages({ search, isFirst, next }: AuditPagesProps) {
  if (isFirst && next === null) return null
  return (
    <nav aria-label={translate('audit.pages')} className="flex gap-2 p-4">
      {!isFirst && (
        <Link href={`/audit?${search}`} prefetch={false} className={buttonLook('plain')}>
          {translate('audit.newest')}
        </Link>
      )}
      {next !== null && (
        <Link href={`/audit?${new URLSearchParams([...search, ['before', next]])}`} prefetch={false} className={buttonLook('plain')}>
          {translate('audit.older')}
        </Link>
      )}
    </nav>
  )
}
