/** A step of the guide: its number until it is done, then a tick and what is known; what to do is shown until then. */
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { translate } from '../i18n/translate'

type StepProps = Readonly<{ number: number; title: string; isDone: boolean; state: ReactNode; children: ReactNode }>

export function Step({ number, title, isDone, state, children }: StepProps) {
  return (
    <li className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-3 border-b border-line px-4 py-3 last:border-b-0" data-step={isDone ? 'done' : 'open'}>
      <span className={`grid size-6 place-items-center rounded-full text-meta font-semibold ${isDone ? 'bg-ok-tint text-ok' : 'border border-line-2 text-ink-2'}`}>
        {isDone ? <Check size={14} strokeWidth={2.5} role="img" aria-label={translate('welcome.is-done')} /> : number}
      </span>
      <div className="grid min-w-0 content-start gap-2">
        <div className="flex min-h-6 flex-wrap items-center gap-x-3">
          <h2 className="font-semibold">{title}</h2>
          {isDone && <span className="text-ink-2">{state}</span>}
        </div>
        {!isDone && <div className="grid gap-2 text-ink-2">{children}</div>}
      </div>
    </li>
  )
}
