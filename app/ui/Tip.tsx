/**
 * What a control that shows only an icon is for, and its key, on hover and on focus. Plain CSS: a library's tooltips would
 * cost more script than the rest of the shell, and the control has its name for screen readers already.
 */
import type { ReactNode } from 'react'

type Side = 'top' | 'right' | 'bottom'
type TipProps = Readonly<{ label: string; keys?: string; side?: Side; children: ReactNode }>

const PLACES: Readonly<Record<Side, string>> = {
  top: 'bottom-full left-1/2 mb-1.5 -translate-x-1/2',
  right: 'left-full top-1/2 ml-1.5 -translate-y-1/2 max-md:hidden',
  bottom: 'top-full right-0 mt-1.5',
}

export function Tip({ label, keys, side = 'top', children }: TipProps) {
  return (
    <span className="group/tip relative inline-flex">
      {children}
      <span
        aria-hidden="true"
        className={`pointer-events-none absolute z-50 hidden w-max max-w-[min(18rem,70vw)] items-center text-left gap-2 rounded-md bg-ink px-2 py-1 text-meta text-paper group-hover/tip:flex group-has-focus-visible/tip:flex ${PLACES[side]}`}
      >
        {label}
        {keys && <kbd className="rounded-sm border border-current px-1 font-mono text-label">{keys}</kbd>}
      </span>
    </span>
  )
}
