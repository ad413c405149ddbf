/** The one button: ink for what the page is for, a border for the rest, the colour of faults for what cannot be undone. */
import type { ButtonHTMLAttributes } from 'react'

type Kind = 'primary' | 'plain' | 'quiet' | 'danger'
type ButtonProps = Readonly<ButtonHTMLAttributes<HTMLButtonElement> & { kind?: Kind }>

const KINDS: Readonly<Record<Kind, string>> = {
  primary: 'border-ink bg-ink text-paper hover:opacity-85',
  plain: 'border-line-2 bg-surface text-ink hover:bg-sunken',
  quiet: 'border-transparent text-ink-2 hover:bg-sunken hover:text-ink',
  danger: 'border-bad bg-surface text-bad hover:bg-bad-tint',
}

export function Button({ kind = 'plain', className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={`${buttonLook(kind)} ${className}`} {...rest} />
}

/** For links that look like buttons. */
export const buttonLook = (kind: Kind): string =>
  `inline-flex h-[30px] shrink-0 items-center justify-center gap-2 rounded-md border px-3 text-body font-medium whitespace-nowrap transition-[background-color,opacity] disabled:cursor-not-allowed disabled:opacity-50 ${KINDS[kind]}`
