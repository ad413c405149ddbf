/** The bar over every page: what one is looking at, the facts about it, what can be done with it. */
import type { ReactNode } from 'react'

type TopBarProps = Readonly<{ back?: ReactNode; title: string; detail?: ReactNode; children?: ReactNode }>

export function TopBar({ back, title, detail, children }: TopBarProps) {
  return (
    <header className="flex min-h-[52px] flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-4 py-2">
      {back}
      <h1 className="max-w-[60vw] truncate text-title">
        <bdi>{title}</bdi>
      </h1>
      {detail && <div className="min-w-0 truncate text-ink-2">{detail}</div>}
      {children && <div className="flex min-w-0 flex-wrap items-center gap-2 lg:ml-auto">{children}</div>}
    </header>
  )
}
