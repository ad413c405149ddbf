/** A part of a page of settings: its heading, what it is about, what can be done. */
import { type ReactNode, useId } from 'react'

type SectionProps = Readonly<{ title: string; text?: string; children: ReactNode }>

export function Section({ title, text, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid gap-x-8 gap-y-4 border-b border-line px-4 py-6 last:border-b-0 lg:grid-cols-[260px_minmax(0,640px)]">
      <div className="grid content-start gap-1">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {text && <p className="text-meta text-ink-3">{text}</p>}
      </div>
      <div className="grid min-w-0 content-start gap-4">{children}</div>
    </section>
  )
}
