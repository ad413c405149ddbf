/** Recorded + paused + lost = the length of the call, track by track, and what proves that nobody changed it. */
'use client'

import { useTranslations } from 'next-intl'
import { Popover } from 'radix-ui'
import type { ReactNode } from 'react'
import { CallClock } from '@/protocol/clock'
import { isStarting } from '@/protocol/completeness'
import { formatExactLengths } from '../format/duration'
import { Instant } from '../format/Instant'
import { SURFACE } from '../ui/menu'
import { useCall } from './call-context'

const COLUMNS = ['recorded', 'pause', 'loss', 'length'] as const

export default function CertificatePopover({ className, content }: Readonly<{ className: string; content: ReactNode }>) {
  const t = useTranslations('call.certificate')
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger className={className}>{content}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="end" sideOffset={8} collisionPadding={12} aria-label={t('title')} className={`${SURFACE} max-h-[70dvh] w-[min(460px,calc(100vw-24px))] overflow-y-auto p-4`}>
          <Certificate />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Certificate() {
  const t = useTranslations('call.certificate')
  const { call } = useCall()
  const { proof } = call
  const receipt = proof.receipts.at(-1)
  const errorMs = new CallClock(call.clock).largestErrorMs(call.lengthMs)
  const accounts = [...call.completeness, ...(call.coach ? [call.coach] : [])]
  const sums = formatExactLengths(accounts.flatMap(({ recordedMs, pausedMs, lostMs }) => [recordedMs, pausedMs, lostMs, recordedMs + pausedMs + lostMs]))
  return (
    <div className="grid gap-4">
      <table className="w-full text-meta">
        <caption className="mb-2 text-left text-body font-semibold">{t('title')}</caption>
        <thead className="text-ink-3">
          <tr>
            <th scope="col" className="py-1 text-left font-normal">{t('track')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="py-1 text-right font-normal">{t(`column.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {accounts.map(({ track, pausedMs, ranges }, index) => {
            const [recorded, paused, lost, length] = sums.slice(index * COLUMNS.length)
            return (
              <tr key={track} className="border-t border-line">
                <th scope="row" className="py-1 text-left font-normal">{t(`tracks.${track}`)}</th>
                <Sum text={recorded} />
                <Sum text={paused} className={pausedMs > 0 ? 'text-warn' : ''} />
                <Sum text={lost} className={ranges.some((range) => range.state === 'lost' && !isStarting(range)) ? 'text-bad' : ''} />
                <Sum text={length} />
              </tr>
            )
          })}
        </tbody>
      </table>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 border-t border-line pt-3 text-meta">
        <Fact name={t('entries')}>{t('entries-text', { entries: proof.entryCount, seals: proof.sealCount, unsigned: proof.unsignedCount })}</Fact>
        <Fact name={t('receipt')}>{receipt ? <Instant at={receipt.receivedAt} show="day-and-time" /> : t('no-receipt')}</Fact>
        <Fact name={t('clock')}>{errorMs === null ? t('clock-unconfirmed') : t('clock-text', { error: errorMs })}</Fact>
        <Fact name={t('root')}>
          <code className="font-mono break-all">{proof.lastHash}</code>
        </Fact>
      </dl>
      {call.fault && <p className="text-meta text-bad">{call.fault}</p>}
    </div>
  )
}

const Sum = ({ text, className = '' }: Readonly<{ text: string | undefined; className?: string }>) => <td className={`times py-1 pl-3 text-right whitespace-nowrap ${className}`}>{text}</td>

const Fact = ({ name, children }: Readonly<{ name: string; children: ReactNode }>) => (
  <>
    <dt className="text-ink-3">{name}</dt>
    <dd>{children}</dd>
  </>
)
