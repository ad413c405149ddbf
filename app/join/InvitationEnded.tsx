/** An invitation that does not let in: why, and nothing of what it was for. */
import type { InvitationEnd } from '@/server/live/guests'
import { translate } from '@/app/i18n/translate'
import { DoorPage } from '@/app/shell/DoorPage'

export function InvitationEnded({ state }: Readonly<{ state: InvitationEnd }>) {
  return (
    <DoorPage title={translate(`join.end.${state}.title`)} intro={translate(`join.end.${state}.text`)} />
  )
}
