/** What a lane shows. */
import { DOTS, type Lane } from './dots'

export function LaneLabel({ lane, name, className }: Readonly<{ lane: Lane; name: string; className: string }>) {
  return (
    <div className={`flex items-center gap-2 border-b border-line px-3.5 text-meta text-ink-2 last:border-b-0 sm:px-4 ${className}`} title={name}>
      <span className={`size-2 shrink-0 rounded-[2px] ${DOTS[lane]}`} aria-hidden="true" />
      <bdi className="truncate max-sm:sr-only">{name}</bdi>
    </div>
  )
}
