/** A line across a page or a panel about something that needs to be known: an error, a wait, a warning. */
import type { ReactNode } from 'react'
import type { Tone } from './Chip'

const TONES: Readonly<Record<Tone, string>> = {
  plain: 'bg-sunken text-ink-2',
  ok: 'bg-ok-tint text-ok',
  warn: 'bg-warn-tint text-warn',
  bad: 'bg-bad-tint text-bad',
}

type NoticeProps = Readonly<{ tone?: Tone; icon?: ReactNode; children: ReactNode; action?: ReactNode; role?: 'status' | 'alert' }>

export function Notice({ tone = 'plain', icon, children, action, role }: NoticeProps) {
  return (
    <div role={role} className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md px-3 py-2 text-meta [&_svg]:size-4 [&_svg]:shrink-0 ${TONES[tone]}`}>
      {icon}
      <div className="min-w-0 flex-1 basis-40">{children}</div>
      {action}
    </div>
  )
}
