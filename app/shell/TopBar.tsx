/** The bar over every page: what one is looking at, the facts about it, what can be done with it. */
import type { ReactNode } from 'react'

/** On a phone `action` stays beside the title, and the rest goes to lines below. */
type TopBarProps = Readonly<{ back?: ReactNode; title: string; detail?: ReactNode; children?: ReactNode; action?: ReactNode }>

export function TopBar({ back, title, detail, children, action }: TopBarProps) {
  return (
    <header className="flex min-h-[52px] flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-4 py-2">
      <div className={`flex min-w-0 items-center gap-3 ${action ? 'max-md:flex-1' : 'max-md:grow'}`}>
        {back}
        <div className="flex min-w-0 flex-col gap-x-3 md:flex-row md:items-baseline">
          <h1 dir="auto" className="min-w-0 truncate text-left text-title">
            {title}
          </h1>
          {detail && <div className="min-w-0 truncate text-ink-2">{detail}</div>}
        </div>
      </div>
      {children && <div className={`flex min-w-0 flex-wrap items-center gap-2 md:ml-auto ${action ? 'max-md:order-1 max-md:basis-full' : ''}`}>{children}</div>}
      {action}
    </header>
  )
}
