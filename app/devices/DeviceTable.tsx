/** Devices, those that may send first. */
'use client'

import { MonitorSmartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { agentCommand } from '@/protocol/agent-command'
import { CommandLine } from '../ui/CommandLine'
import { Explanation } from '../ui/Explanation'
import { HEAD_CELL } from '../ui/table'
import { say } from '../ui/say'
import { COLUMNS, isOnPhone, NOT_ON_PHONE } from './columns'
import { type DeviceItem, DeviceRow } from './DeviceRow'

type DeviceTableProps = Readonly<{ devices: readonly DeviceItem[]; serverUrl: string; onRevoke: (id: string) => Promise<boolean> }>

export function DeviceTable({ devices, serverUrl, onRevoke }: DeviceTableProps) {
  const t = useTranslations('devices')
  const revoke = async (device: DeviceItem): Promise<void> => {
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
      <table className="w-full md:min-w-[860px]">
        <thead>
          <tr className="border-b border-line">
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={`${HEAD_CELL} ${isOnPhone(column) ? '' : NOT_ON_PHONE}`}>
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
            <DeviceRow key={device.id} device={device} onRevoke={() => void revoke(device)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
