/** The same page for what does not exist and for what one may not see. */
import { SearchX } from 'lucide-react'
import Link from 'next/link'
import { translate } from './i18n/translate'
import { buttonLook } from './ui/Button'
import { Explanation } from './ui/Explanation'

export default function NotFound() {
  return (
    <main className="grid min-h-[80dvh] place-items-center">
      <Explanation
        level={1}
        icon={<SearchX aria-hidden="true" />}
        title={translate('not-found.title')}
        action={
          <Link href="/calls" prefetch={false} className={buttonLook('primary')}>
            {translate('not-found.to-calls')}
          </Link>
        }
      >
        <p>{translate('not-found.text')}</p>
      </Explanation>
    </main>
  )
}
