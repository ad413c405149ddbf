/** Asks for the code that the agent shows. A plain form: it works before any script has loaded. */
import { translate } from '../i18n/translate'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'

export function FindDevice({ typed }: Readonly<{ typed: string }>) {
  return (
    <form action="/devices/approve" className="grid justify-items-start gap-4">
      <p className="text-ink-2">{translate('approve.text')}</p>
      <Field
        label={translate('approve.code')}
        name="code"
        defaultValue={typed}
        error={typed ? translate('approve.unknown') : null}
        required
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={20}
        placeholder="WXRT-PLKM"
        className="w-60 font-mono"
      />
      <Button kind="primary" type="submit">
        {translate('approve.find')}
      </Button>
    </form>
  )
}
