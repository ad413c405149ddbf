/** An empty list: the way to the first call, and one to look at meanwhile. */
import { PhoneCall } from 'lucide-react'
import Link from 'next/link'
import type { Viewer } from '@/server/access/viewer'
import { loadSample, removeSample } from '../(shell)/welcome/actions'
import { translate } from '../i18n/translate'
import { buttonLook } from '../ui/Button'
import { Explanation } from '../ui/Explanation'
import { SampleSection } from '../welcome/SampleSection'

export function NoCalls({ viewer }: Readonly<{ viewer: Viewer }>) {
  return (
    <div className="mx-auto grid w-full max-w-[720px] content-start px-4 py-8">
      <Explanation
        icon={<PhoneCall aria-hidden="true" />}
        title={translate('calls.empty.title')}
        action={
          <Link href="/welcome" prefetch={false} className={buttonLook('primary')}>
            {translate('calls.empty.to-welcome')}
          </Link>
        }
      >
        <p>{translate(`calls.empty.text.${viewer.role}`)}</p>
      </Explanation>
      <SampleSection callId={null} onLoad={loadSample} onRemove={removeSample} />
    </div>
  )
}
