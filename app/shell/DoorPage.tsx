/** What people see before they are signed in. */
import type { ReactNode } from 'react'
import { translate } from '../i18n/translate'
import { Mark } from '../ui/Mark'

type DoorPageProps = Readonly<{ title: string; intro?: string; children?: ReactNode }>

export function DoorPage({ title, intro, children }: DoorPageProps) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="grid w-full max-w-[340px] gap-5">
        <div className="flex items-center gap-2.5">
          <Mark className="size-7" />
          <span className="text-title">{translate('app.name')}</span>
        </div>
        <div className="grid gap-5 rounded-lg border border-line-2 bg-surface p-5">
          <div className="grid gap-1">
            <h1 className="text-title">{title}</h1>
            {intro && <p className="text-ink-2">{intro}</p>}
          </div>
          {children}
        </div>
        <p className="text-meta text-ink-3">{translate('app.description')}</p>
      </div>
    </main>
  )
}
