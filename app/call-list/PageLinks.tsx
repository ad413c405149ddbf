/** To older calls and back to the newest. */
import Link from 'next/link'
import { translate } from '../i18n/translate'
import { buttonLook } from '../ui/Button'

export function PageLinks({ before, next }: Readonly<{ before: string | null; next: string | null }>) {
  if (before === null && next === null) return null
  return (
    <nav aria-label={translate('calls.pages')} className="flex gap-2 p-4">
      {before !== null && (
        <Link href="/calls" prefetch={false} className={buttonLook('plain')}>
          {translate('calls.newer')}
        </Link>
      )}
      {next !== null && (
        <Link href={`/calls?before=${encodeURIComponent(next)}`} prefetch={false} className={buttonLook('plain')}>
          {translate('calls.more')}
        </Link>
      )}
    </nav>
  )
}
