/** What the people of a call are called on its page. */
import type { Track } from '@/protocol/tracks'
import type { CallView, CustomerView } from '@/server/timeline/view'
import type { CallText } from './call-text'

export const customerName = (customer: CustomerView, t: CallText): string => customer.name ?? customer.phone ?? t('customer-unknown')

/** Whose voice a track holds. */
export function speakerName(track: Track, call: Pick<CallView, 'technician' | 'customer'>, t: CallText): string {
  if (track === 'technician') return call.technician.name
  if (track === 'customer') return customerName(call.customer, t)
  return t(`track.${track}`)
}
