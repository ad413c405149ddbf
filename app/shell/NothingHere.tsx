/** What is shown in place of what does not exist and of what one may not see: the same for both. */
import { SearchX } from 'lucide-react'
import Link from 'next/link'
import { translate } from '../i18n/translate'
import { buttonLook } from '../ui/Button'
import { Explanation } from '../ui/Explanation'

export function NothingHere() {
  return (
    <div className="grid min-h-[80dvh] place-items-center">
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
    </div>
  )
}
