/** What happened and what to do next, in the middle of an otherwise empty place. */
import type { ReactNode } from 'react'

type ExplanationProps = Readonly<{ icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode; level?: 1 | 2 }>

export function Explanation({ icon, title, children, action, level = 2 }: ExplanationProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className="grid max-w-md content-start justify-items-center gap-3 place-self-center px-4 py-10 text-center">
      {icon && <div className="text-faint [&_svg]:size-8 [&_svg]:stroke-[1.5]">{icon}</div>}
      <Heading className="text-title">{title}</Heading>
      {children && <div className="grid gap-2 text-body text-ink-2">{children}</div>}
      {action && <div className="mt-1 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
