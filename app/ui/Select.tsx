/** A labelled choice of one, the browser's own: it works by keyboard and on a phone as people know it. */
import { type ReactNode, type SelectHTMLAttributes, useId } from 'react'

type SelectProps = Readonly<SelectHTMLAttributes<HTMLSelectElement> & { label: string; hint?: string; isLabelHidden?: boolean; children: ReactNode }>

export function Select({ label, hint, isLabelHidden = false, className = '', children, ...select }: SelectProps) {
  const id = useId()
  return (
    <div className={`grid gap-1 ${className}`}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-body font-medium'}>
        {label}
      </label>
      <select id={id} aria-describedby={hint ? `${id}-hint` : undefined} className="h-9 w-full min-w-0 rounded-md border border-line-2 bg-surface px-2 text-body text-ink" {...select}>
        {children}
      </select>
      {hint && (
        <p id={`${id}-hint`} className="text-meta text-ink-3">
          {hint}
        </p>
      )}
    </div>
  )
}
