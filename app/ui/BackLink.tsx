/** The way up, before a page's title. */
import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'

export function BackLink({ href, label }: Readonly<{ href: string; label: string }>) {
  return (
    <Link href={href} prefetch={false} aria-label={label} className="grid size-[30px] shrink-0 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink">
      <ArrowLeft size={18} strokeWidth={1.75} aria-hidden="true" />
    </Link>
  )
}
