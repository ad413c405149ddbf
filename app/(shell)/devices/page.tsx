/** The computers that may send calls: whose, connected or last seen when, and the way to put one out. */
import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { listDevices } from '@/server/access/devices'
import { getRuntime } from '@/server/runtime'
import { DeviceTable } from '@/app/devices/DeviceTable'
import { translate } from '@/app/i18n/translate'
import { requireViewer } from '@/app/shell/require-viewer'
import { TopBar } from '@/app/shell/TopBar'
import { buttonLook } from '@/app/ui/Button'
import { revokeDeviceOf } from './actions'

export const metadata: Metadata = { title: translate('devices.title') }

export default async function DevicesRoute() {
  const viewer = await requireViewer('/devices')
  const { database, origin, isDeviceConnected } = getRuntime()
  const devices = (await listDevices(database, viewer)).map(({ createdAt, lastSeenAt, revokedAt, user, ...device }) => ({
    ...device,
    technician: user.name,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    isRevoked: revokedAt !== null,
    isConnected: isDeviceConnected(device.id),
  }))
  return (
    <>
      <TopBar title={translate('devices.title')} detail={translate('devices.count', { count: devices.filter(({ isRevoked }) => !isRevoked).length })}>
        <Link href="/devices/approve" className={buttonLook(devices.length === 0 ? 'primary' : 'plain')}>
          <Plus size={16} aria-hidden="true" />
          {translate('devices.approve')}
        </Link>
      </TopBar>
      <DeviceTable devices={devices} serverUrl={origin} onRevoke={revokeDeviceOf} />
    </>
  )
}
