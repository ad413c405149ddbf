/** A device in a line: whose, heard of when, ready or not, and the way to put it out. */
'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import type { ReadyResult } from '@/protocol/ready'
import { Instant } from '../format/Instant'
import { Chip } from '../ui/Chip'
import { ConfirmButton } from '../ui/ConfirmButton'
import { CELL } from '../ui/table'
import { COLUMN_COUNT, NOT_ON_PHONE } from './columns'
import { ReadyRow } from './ReadyRow'

export type DeviceItem = Readonly<{
  id: string
  name: string
  platform: string
  agentVersion: string
  technician: string
  createdAt: string
  lastSeenAt: string | null
  isRevoked: boolean
  isConnected: boolean
  ready: ReadyResult | null
}>

export function DeviceRow({ device, onRevoke }: Readonly<{ device: DeviceItem; onRevoke: () => void }>) {
  const t = useTranslations('devices')
  const { ready, isRevoked } = device
  // What failed is read without a press.
  const [isOpen, setIsOpen] = useState(ready?.isReady === false && !isRevoked)
  const detailId = useId()
  return (
    <>
      <tr className={`h-11 ${ready && isOpen ? '' : 'border-b border-line'}`}>
        <th scope="row" className={`${CELL} max-md:max-w-[140px] truncate text-left font-medium`}>
          <bdi>{device.name}</bdi> <span className="ml-1.5 font-normal text-ink-3">{device.platform}</span>
        </th>
        <td className={`${CELL} ${NOT_ON_PHONE} text-ink-2`}>
          <bdi>{device.technician}</bdi>
        </td>
        <td className={`${CELL} ${NOT_ON_PHONE} times text-ink-2`}>{device.agentVersion}</td>
        <td className={`${CELL} ${NOT_ON_PHONE} text-ink-2`}>{device.isConnected ? <Chip tone="ok">{t('connected')}</Chip> : device.lastSeenAt ? <Instant at={device.lastSeenAt} show="day-and-time" /> : t('never')}</td>
        <td className={`${CELL} text-ink-2`}>
          {ready ? (
            <button type="button" aria-expanded={isOpen} aria-controls={detailId} onClick={() => setIsOpen(!isOpen)} className="-mx-1 inline-flex h-8 items-center gap-2 rounded-md px-1 hover:bg-sunken">
              <ReadyChip ready={ready} />
              <span className="sr-only">{t('ready.show', { name: device.name })}</span>
              <Instant at={ready.testedAt} show="day-and-time" className="max-sm:hidden" />
              <ChevronDown size={14} className={`text-ink-3 transition-transform ${isOpen ? 'rotate-180' : ''}`} aria-hidden="true" />
            </button>
          ) : (
            t('ready.never')
          )}
        </td>
        <td className={`${CELL} ${NOT_ON_PHONE} text-ink-2`}>
          <Instant at={device.createdAt} show="day" />
        </td>
        <td className={`${CELL} text-right`}>
          {isRevoked ? (
            <Chip>{t('revoked')}</Chip>
          ) : (
            <ConfirmButton label={t('revoke')} title={t('revoke-title', { name: device.name })} confirm={t('revoke')} cancel={t('cancel')} onConfirm={onRevoke}>
              {t('revoke-text')}
            </ConfirmButton>
          )}
        </td>
      </tr>
      {ready && isOpen && <ReadyRow id={detailId} columnCount={COLUMN_COUNT} ready={ready} />}
    </>
  )
}

function ReadyChip({ ready }: Readonly<{ ready: ReadyResult }>) {
  const t = useTranslations('devices.ready')
  const count = ready.verdicts.filter(({ state }) => state === 'bad').length
  return ready.isReady ? <Chip tone="ok">{t('passed')}</Chip> : <Chip tone="bad">{t('failed', { count })}</Chip>
}
