/** Devices, those that may send first. */
'use client'

import { MonitorSmartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { agentCommand } from '@/protocol/agent-command'
import { Instant } from '../format/Instant'
import { Chip } from '../ui/Chip'
import { CommandLine } from '../ui/CommandLine'
import { ConfirmButton } from '../ui/ConfirmButton'
import { Explanation } from '../ui/Explanation'
import { CELL, HEAD_CELL } from '../ui/table'
import { say } from '../ui/say'

export type DeviceRow = Readonly<{ id: string; name: string; platform: string; agentVersion: string; technician: string; createdAt: string; lastSeenAt: string | null; isRevoked: boolean; isConnected: boolean }>
type DeviceTableProps = Readonly<{ devices: readonly DeviceRow[]; serverUrl: string; onRevoke: (id: string) => Promise<boolean> }>

const COLUMNS = ['name', 'technician', 'version', 'seen', 'since'] as const
/** A phone shows which device, when it was last seen, and the way to put it out. */
const NOT_ON_PHONE = 'max-md:hidden'

export function DeviceTable({ devices, serverUrl, onRevoke }: DeviceTableProps) {
  const t = useTranslations('devices')
  const revoke = async (device: DeviceRow): Promise<void> => {
    const isDone = await onRevoke(device.id).catch(() => false)
    say(t(isDone ? 'revoke-done' : 'revoke-failed', { name: device.name }))
  }
  if (devices.length === 0)
    return (
      <Explanation icon={<MonitorSmartphone aria-hidden="true" />} title={t('empty.title')}>
        <p>{t('empty.text')}</p>
        <CommandLine command={agentCommand(`pair ${serverUrl}`)} />
      </Explanation>
    )
  return (
    <div className="relative w-full flex-1 overflow-x-auto bg-surface" role="region" aria-label={t('title')} tabIndex={0}>
      <table className="w-full md:min-w-[720px]">
        <thead>
          <tr className="border-b border-line">
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={`${HEAD_CELL} ${column === 'name' || column === 'seen' ? '' : NOT_ON_PHONE}`}>
                {t(`column.${column}`)}
              </th>
            ))}
            <th scope="col" className={HEAD_CELL}>
              <span className="sr-only">{t('revoke')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => (
            <tr key={device.id} className="h-11 border-b border-line">
              <th scope="row" className={`${CELL} max-md:max-w-[140px] truncate text-left font-medium`}>
                <bdi>{device.name}</bdi> <span className="ml-1.5 font-normal text-ink-3">{device.platform}</span>
              </th>
              <td className={`${CELL} ${NOT_ON_PHONE} text-ink-2`}>
                <bdi>{device.technician}</bdi>
              </td>
              <td className={`${CELL} ${NOT_ON_PHONE} times text-ink-2`}>{device.agentVersion}</td>
              <td className={`${CELL} text-ink-2`}>{device.isConnected ? <Chip tone="ok">{t('connected')}</Chip> : device.lastSeenAt ? <Instant at={device.lastSeenAt} show="day-and-time" /> : t('never')}</td>
              <td className={`${CELL} ${NOT_ON_PHONE} text-ink-2`}>
                <Instant at={device.createdAt} show="day" />
              </td>
              <td className={`${CELL} text-right`}>
                {device.isRevoked ? (
                  <Chip>{t('revoked')}</Chip>
                ) : (
                  <ConfirmButton label={t('revoke')} title={t('revoke-title', { name: device.name })} confirm={t('revoke')} cancel={t('cancel')} onConfirm={() => void revoke(device)}>
                    {t('revoke-text')}
                  </ConfirmButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
