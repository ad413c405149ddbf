/** People and teams are two pages of one place. */
import Link from 'next/link'
import { translate } from '../i18n/translate'

const TABS = [
  { name: 'people', href: '/people' },
  { name: 'teams', href: '/people/teams' },
] as const

export function PeopleTabs({ current }: Readonly<{ current: (typeof TABS)[number]['name'] }>) {
  return (
    <nav aria-label={translate('people.tabs')} className="flex gap-4 border-b border-line bg-surface px-4">
      {TABS.map(({ name, href }) => (
        <Link
          key={name}
          href={href}
          aria-current={name === current ? 'page' : undefined}
          className="-mb-px border-b-2 border-transparent py-2 text-ink-2 hover:text-ink aria-[current]:border-ink aria-[current]:font-medium aria-[current]:text-ink"
        >
          {translate(`people.tab.${name}`)}
        </Link>
      ))}
    </nav>
  )
}
