/** Who is in a team, those who supervise it first. */
import Link from 'next/link'
import { translate } from '../i18n/translate'

type Member = Readonly<{ id: string; name: string; role: string }>

export function TeamMembers({ members, isLinked }: Readonly<{ members: readonly Member[]; /** To people's pages, for those who may see them. */ isLinked: boolean }>) {
  if (members.length === 0) return <p className="text-ink-3">{translate('teams.nobody')}</p>
  const groups = [
    { name: 'supervisors', people: members.filter(({ role }) => role === 'supervisor') },
    { name: 'others', people: members.filter(({ role }) => role !== 'supervisor') },
  ] as const
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      {groups.map(({ name, people }) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{translate(`teams.${name}`)}</dt>
          <dd className="flex flex-wrap gap-x-3">
            {people.length === 0 && <span className="text-ink-3">{translate('teams.none')}</span>}
            {people.map((person) =>
              isLinked ? (
                <Link key={person.id} href={`/people/${person.id}`} prefetch={false} className="underline underline-offset-2">
                  <bdi>{person.name}</bdi>
                </Link>
              ) : (
                <bdi key={person.id}>{person.name}</bdi>
              ),
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
