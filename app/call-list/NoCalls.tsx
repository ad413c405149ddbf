/** The first visit: what to do so that calls come. */
import { PhoneCall } from 'lucide-react'
import Link from 'next/link'
import { agentCommand } from '@/protocol/agent-command'
import { translate } from '../i18n/translate'
import { buttonLook } from '../ui/Button'
import { CommandLine } from '../ui/CommandLine'
import { Explanation } from '../ui/Explanation'

const STEPS = ['pair', 'ready', 'start'] as const

export function NoCalls({ serverUrl }: Readonly<{ serverUrl: string }>) {
  const commandOf = (step: (typeof STEPS)[number]): string => agentCommand(step === 'pair' ? `pair ${serverUrl}` : step)
  return (
    <Explanation
      icon={<PhoneCall aria-hidden="true" />}
      title={translate('calls.empty.title')}
      action={
        <Link href="/devices" className={buttonLook('plain')}>
          {translate('calls.empty.devices')}
        </Link>
      }
    >
      <p>{translate('calls.empty.text')}</p>
      <ol className="mt-2 grid gap-3 text-left">
        {STEPS.map((step, index) => (
          <li key={step} className="grid gap-1">
            <span>
              {index + 1}. {translate(`calls.empty.step-${step}`)}
            </span>
            <CommandLine command={commandOf(step)} />
          </li>
        ))}
      </ol>
    </Explanation>
  )
}
