/** The steps to the first call, in order, each with what is known of it. */
import Link from 'next/link'
import type { FirstSteps } from '@/server/access/first-steps'
import { Instant } from '../format/Instant'
import { translate } from '../i18n/translate'
import { buttonLook } from '../ui/Button'
import { CommandLine } from '../ui/CommandLine'
import { Step } from './Step'

const AGENT = 'npm run agent'

type StepsProps = Readonly<{ steps: FirstSteps; serverUrl: string; isConnected: boolean }>

export function Steps({ steps, serverUrl, isConnected }: StepsProps) {
  const { device, extensionHeardAt, ready, callId, hasOthers } = steps
  const failed = ready?.verdicts.filter(({ state }) => state === 'bad') ?? []
  return (
    <ol className="overflow-hidden rounded-lg border border-line-2 bg-surface">
      <Step number={1} title={translate('welcome.device.title')} isDone={device !== null} state={device && translate('welcome.device.done', { name: device.name })}>
        <p>{translate('welcome.device.text')}</p>
        <CommandLine command={`${AGENT} -- pair ${serverUrl}`} />
        <p>{translate('welcome.device.code')}</p>
        <Link href="/devices/approve" className={`${buttonLook('plain')} justify-self-start`}>
          {translate('welcome.device.approve')}
        </Link>
      </Step>
      <Step
        number={2}
        title={translate('welcome.start.title')}
        isDone={device !== null && device.lastSeenAt !== null}
        state={device?.lastSeenAt && (isConnected ? translate('welcome.start.connected') : <>{translate('welcome.start.seen')} <Instant at={device.lastSeenAt} show="day-and-time" /></>)}
      >
        <p>{translate('welcome.start.text')}</p>
        <CommandLine command={AGENT} />
      </Step>
      <Step number={3} title={translate('welcome.extension.title')} isDone={extensionHeardAt !== null} state={extensionHeardAt && <>{translate('welcome.extension.done')} <Instant at={extensionHeardAt} show="day-and-time" /></>}>
        <p>{translate('welcome.extension.load')}</p>
        <CommandLine command="dist/extension" />
        <p>{translate('welcome.extension.secret')}</p>
        <CommandLine command={`${AGENT} -- status`} />
        <p>{translate('welcome.extension.origins')}</p>
      </Step>
      <Step number={4} title={translate('welcome.ready.title')} isDone={ready?.isReady === true} state={ready?.isReady && <>{translate('welcome.ready.done')} <Instant at={ready.testedAt} show="day-and-time" /></>}>
        {failed.length > 0 ? (
          <ul className="grid gap-2 rounded-md bg-bad-tint px-3 py-2 text-bad">
            {failed.map(({ name, found, remedy }) => (
              <li key={name}>
                <span className="font-medium">{translate('devices.ready.check', { name })}:</span> {found}
                {remedy && <span className="block text-ink">{remedy}</span>}
              </li>
            ))}
          </ul>
        ) : (
          <p>{translate('welcome.ready.text')}</p>
        )}
        <CommandLine command={`${AGENT} -- ready`} />
      </Step>
      <Step
        number={5}
        title={translate('welcome.call.title')}
        isDone={callId !== null}
        state={
          callId && (
            <Link href={`/calls/${callId}`} prefetch={false} className="font-medium underline underline-offset-2">
              {translate('welcome.call.done')}
            </Link>
          )
        }
      >
        <p>{translate('welcome.call.text')}</p>
        <CommandLine command={`${AGENT} -- panel`} />
      </Step>
      {hasOthers !== null && (
        <Step number={6} title={translate('welcome.people.title')} isDone={hasOthers} state={hasOthers && translate('welcome.people.done')}>
          <p>{translate('welcome.people.text')}</p>
          <Link href="/people/invite" prefetch={false} className={`${buttonLook('plain')} justify-self-start`}>
            {translate('welcome.people.invite')}
          </Link>
        </Step>
      )}
    </ol>
  )
}
