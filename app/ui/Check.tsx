/** A box to tick with its label, and a hint beneath. */
import { type InputHTMLAttributes, type ReactNode, useId } from 'react'

type CheckProps = Readonly<InputHTMLAttributes<HTMLInputElement> & { label: ReactNode; hint?: string }>

export function Check({ label, hint, type = 'checkbox', ...input }: CheckProps) {
  const id = useId()
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-2">
      <input id={id} type={type} aria-describedby={hint ? `${id}-hint` : undefined} className="mt-[3px] size-3.5 accent-ink" {...input} />
      <label htmlFor={id} className="min-w-0 break-words">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="col-start-2 text-meta text-ink-3">
          {hint}
        </p>
      )}
    </div>
  )
}
