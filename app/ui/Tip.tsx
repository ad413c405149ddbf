/** A name for a control that shows only an icon, on hover and on focus, with its key if it has one. */
'use client'

import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'

type TipProps = Readonly<{ label: string; keys?: string; side?: 'top' | 'right' | 'bottom' | 'left'; children: ReactNode }>

export function Tip({ label, keys, side = 'top', children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content side={side} sideOffset={6} collisionPadding={8} className="z-50 flex items-center gap-2 rounded-md bg-ink px-2 py-1 text-meta text-paper">
          {label}
          {keys && <kbd className="rounded-sm border border-current px-1 font-mono text-label">{keys}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
