/** The colour that stands for a lane, everywhere it is named. */
export type Lane = 'technician' | 'customer' | 'mixed' | 'coach' | 'actions' | 'screen' | 'moments' | 'recorded'

export const DOTS: Readonly<Record<Lane, string>> = {
  technician: 'bg-technician',
  customer: 'bg-customer',
  mixed: 'bg-ink-3',
  coach: 'bg-ink-3',
  actions: 'bg-action',
  screen: 'bg-ink-3',
  moments: 'bg-warn',
  recorded: 'bg-ok',
}
