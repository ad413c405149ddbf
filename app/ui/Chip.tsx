/** A short fact with an icon; it is coloured only when the colour means something. */
import type { ReactNode } from 'react'

export type Tone = 'plain' | 'ok' | 'warn' | 'bad'

const TONES: Readonly<Record<Tone, string>> = {
  plain: 'border-line-2 bg-surface text-ink-2',
  ok: 'border-ok-tint bg-ok-tint text-ok',
  warn: 'border-warn-tint bg-warn-tint text-warn',
  bad: 'border-bad-tint bg-bad-tint text-bad',
}

type ChipProps = Readonly<{ tone?: Tone; icon?: ReactNode; children: ReactNode; className?: string }>

export function Chip({ tone = 'plain', icon, children, className = '' }: ChipProps) {
  return (
    <span className={`${chipLook(tone)} ${className}`}>
      {icon}
      {children}
    </span>
  )
}

/** For buttons and links that look like chips. */
export const chipLook = (tone: Tone): string =>
  `inline-flex h-6 max-w-full items-center gap-1.5 rounded-md border px-2 text-meta whitespace-nowrap [&_svg]:size-3.5 [&_svg]:shrink-0 ${TONES[tone]}`
