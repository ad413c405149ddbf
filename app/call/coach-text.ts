/** Who was with a call and who spoke to the technician alone, in words. Pure. */
import { presenceRole } from '@/protocol/presence'
import type { PresenceView } from '@/server/timeline/view'
import { formatLength } from '../format/duration'
import type { CoachStretch } from '../player/column'
import type { CallText } from './call-text'

export const presenceSentence = ({ person, as, state, invited }: PresenceView, t: CallText): string =>
  invited ? t(`presence.invited-${state}`, { name: person.name, as: presenceRole({ as, invited }), by: invited.by.name }) : t(`presence.${state}`, { name: person.name, as })

/** `A coach spoke to the technician alone for 12 s. The customer did not hear it.` */
export function coachSentence({ fromMs, toMs, lostMs }: CoachStretch, t: CallText): string {
  const spoke = t('coach.spoke', { length: formatLength(toMs - fromMs) })
  return lostMs > 0 ? `${spoke} ${t('coach.lost', { length: formatLength(lostMs) })}` : spoke
}
