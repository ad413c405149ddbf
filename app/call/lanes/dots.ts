/** The colour that stands for a lane, everywhere it is named. */
export type Lane = 'technician' | 'customer' | 'mixed' | 'coach' | 'actions' | 'moments' | 'recorded'

export const DOTS: Readonly<Record<Lane, string>> = {
  technician: 'bg-technician',
  customer: 'bg-customer',
  mixed: 'bg-ink-3',
  coach: 'bg-ink-3',
  actions: 'bg-action',
  moments: 'bg-warn',
  recorded: 'bg-ok',
}
