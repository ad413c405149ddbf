/** A labelled text field with its hint or its error beneath, tied together for screen readers. */
import { type InputHTMLAttributes, useId } from 'react'

type FieldProps = Readonly<InputHTMLAttributes<HTMLInputElement> & { label: string; hint?: string; error?: string | null }>

export function Field({ label, hint, error, className = '', ...input }: FieldProps) {
  const id = useId()
  const below = error ?? hint
  return (
    <div className={`grid gap-1 ${className}`}>
      <label htmlFor={id} className="text-body font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={below ? `${id}-below` : undefined}
        className="h-9 w-full rounded-md border border-line-2 bg-surface px-2.5 text-body text-ink aria-invalid:border-bad"
        {...input}
      />
      {below && (
        <p id={`${id}-below`} className={`text-meta ${error ? 'text-bad' : 'text-ink-3'}`}>
          {below}
        </p>
      )}
    </div>
  )
}
