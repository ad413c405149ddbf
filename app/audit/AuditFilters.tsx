/** Whose, what, which call, which days. A plain form: the address is the filter, and it works before any script has loaded. */
import Link from 'next/link'
import { AUDIT_VERBS, type AuditVerb } from '@/server/access/audit'
import { type AuditFilter, type AuditScope, LOOK_VERBS } from '@/server/access/audit-trail'
import { translate } from '../i18n/translate'
import { Button, buttonLook } from '../ui/Button'
import { Field } from '../ui/Field'
import { Select } from '../ui/Select'

type AuditFiltersProps = Readonly<{ filter: AuditFilter; scope: AuditScope; people: readonly { id: string; name: string }[] }>

export function AuditFilters({ filter, scope, people }: AuditFiltersProps) {
  const verbs = scope === 'everything' ? (Object.keys(AUDIT_VERBS) as AuditVerb[]) : LOOK_VERBS
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  return (
    // The key makes the fields anew when the address changes, so that they show what is filtered.
    <form key={JSON.stringify(filter)} action="/audit" className="grid grid-cols-2 items-end gap-x-3 gap-y-2 border-b border-line bg-surface px-4 py-3 md:flex md:flex-wrap">
      {people.length > 0 && (
        <Select label={translate('audit.person')} name="person" defaultValue={filter.person ?? ''} className="md:w-44">
          <option value="">{translate('audit.anybody')}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Select label={translate('audit.did')} name="verb" defaultValue={filter.verb ?? ''} className="md:w-52">
        <option value="">{translate('audit.anything')}</option>
        {verbs.map((verb) => (
          <option key={verb} value={verb}>
            {translate(`audit.verb.${verb}`)}
          </option>
        ))}
      </Select>
      <Field label={translate('audit.call')} name="call" defaultValue={filter.call} autoComplete="off" spellCheck={false} placeholder={translate('audit.call-any')} className="col-span-2 md:w-52" />
      <Field label={translate('audit.from')} name="from" type="date" defaultValue={filter.from} />
      <Field label={translate('audit.to')} name="to" type="date" defaultValue={filter.to} />
      <div className="flex gap-2 pb-[3px]">
        <Button type="submit">{translate('audit.filter')}</Button>
        {isFiltered && (
          <Link href="/audit" prefetch={false} className={buttonLook('quiet')}>
            {translate('audit.clear')}
          </Link>
        )}
      </div>
    </form>
  )
}
