/** A button whose menu or popover is fetched when it is first pressed, and opens then. */
'use client'

import { type ReactNode, Suspense, useState } from 'react'

type OnDemandProps = Readonly<{
  opens: 'menu' | 'dialog'
  label?: string
  className: string
  /** What the button shows. */
  content: ReactNode
  /** A lazy component with the same button, which opens at once. */
  children: ReactNode
}>

export function OnDemand({ opens, label, className, content, children }: OnDemandProps) {
  const [isWanted, setIsWanted] = useState(false)
  const button = (
    <button type="button" aria-label={label} aria-haspopup={opens} aria-expanded={false} className={className} onClick={() => setIsWanted(true)}>
      {content}
    </button>
  )
  return isWanted ? <Suspense fallback={button}>{children}</Suspense> : button
}
