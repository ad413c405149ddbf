/** Under a call: where in it the words of the search were said or done. Each place is a link to its moment. */
'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { CallHit } from '@/server/timeline/view'
import { formatPosition } from '../format/duration'
import { COLUMN_COUNT } from './HeadCells'

const LINE_HEIGHT_PX = 26
const PADDING_PX = 8

export const hitsHeightPx = (hits: readonly CallHit[]): number => (hits.length === 0 ? 0 : hits.length * LINE_HEIGHT_PX + PADDING_PX)

export function HitsRow({ callId, hits }: Readonly<{ callId: string; hits: readonly CallHit[] }>) {
  const t = useTranslations('calls')
  return (
    <tr className="border-b border-line">
      <td colSpan={COLUMN_COUNT} className="max-w-0 p-0 align-top" style={{ height: hitsHeightPx(hits) }}>
        <ul aria-label={t('hits')} className="pl-4">
          {hits.map(({ atMs, track, verb, parts }) => (
            <li key={`${track} ${atMs}`} style={{ height: LINE_HEIGHT_PX }}>
              <Link href={`/calls/${callId}?t=${atMs}`} prefetch={false} className="flex h-full items-center gap-2.5 rounded-sm pr-4 -outline-offset-2 hover:bg-sunken">
                <span className="times w-12 shrink-0 text-right text-meta text-ink-3">{formatPosition(atMs)}</span>
                <span className={`w-20 shrink-0 text-meta font-medium ${verb ? 'text-action' : COLOURS[speakerOf(track)]}`}>{t(`hit.${verb ?? speakerOf(track)}`)}</span>
                <bdi className="min-w-0 truncate text-ink-2">
                  {parts.map(({ text, isMatch }, index) =>
                    isMatch ? (
                      <mark key={index} className="rounded-sm bg-warn-tint text-ink">
                        {text}
                      </mark>
                    ) : (
                      text
                    ),
                  )}
                </bdi>
              </Link>
            </li>
          ))}
        </ul>
      </td>
    </tr>
  )
}

const COLOURS = { technician: 'text-technician', customer: 'text-customer', mixed: 'text-ink-2' } as const

function speakerOf(track: CallHit['track']): keyof typeof COLOURS {
  return track === 'technician' || track === 'customer' ? track : 'mixed'
}
