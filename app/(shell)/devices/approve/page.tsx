/** Where an agent that asks to be let in sends its person: the code is compared, then the device is let in or not. */
import type { Metadata } from 'next'
import { findPendingDevice } from '@/server/access/devices'
import { AccessError } from '@/server/access/errors'
import { getRuntime } from '@/server/runtime'
import { ApproveDevice } from '@/app/devices/ApproveDevice'
import { FindDevice } from '@/app/devices/FindDevice'
import { translate } from '@/app/i18n/translate'
import { requireViewer } from '@/app/shell/require-viewer'
import { TopBar } from '@/app/shell/TopBar'
import { Notice } from '@/app/ui/Notice'
import { decideDeviceCode } from '../actions'

export const metadata: Metadata = { title: translate('approve.title') }

type ApproveRouteProps = Readonly<{ searchParams: Promise<{ code?: string | string[] }> }>

export default async function ApproveRoute({ searchParams }: ApproveRouteProps) {
  const { code } = await searchParams
  const typed = typeof code === 'string' ? code : ''
  const viewer = await requireViewer(typed ? `/devices/approve?code=${encodeURIComponent(typed)}` : '/devices/approve')
  const device = typed ? await findPendingDevice(getRuntime(), viewer, typed).catch(waitOrThrow) : null
  return (
    <>
      <TopBar title={translate('approve.title')} />
      <div className="w-full max-w-lg p-4 md:p-8">
        {device && 'waitMs' in device ? (
          <Notice tone="warn" role="alert">
            {translate('approve.throttled', { minutes: Math.ceil(device.waitMs / 60_000) })}
          </Notice>
        ) : device ? (
          <ApproveDevice
            device={{ userCode: device.userCode, name: device.deviceName, platform: device.platform, agentVersion: device.agentVersion, askedAt: device.createdAt.toISOString() }}
            onDecide={decideDeviceCode}
          />
        ) : (
          <FindDevice typed={typed} />
        )}
      </div>
    </>
  )
}

function waitOrThrow(error: unknown): { waitMs: number } {
  if (error instanceof AccessError && error.reason === 'throttled') return { waitMs: error.waitMs }
  throw error
}
