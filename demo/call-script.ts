/** The sample call: who says what, after which pause, and what the technician does in the CRM while it is said. */

export type Party = 'technician' | 'customer'
/** What the technician does in the CRM; `demo/crm` knows how. */
export type CrmStep = 'open-customer' | 'switch-roaming-on' | 'change-plan' | 'write-comment' | 'save'

export type Turn = {
  by: Party
  text: string
  /** Silence between the turn before and this one. */
  pauseMs: number
  /** Begins with the turn. */
  crm?: CrmStep
}

export const CALL_SCRIPT: readonly Turn[] = [
  { by: 'technician', pauseMs: 2_500, text: 'Thank you for calling customer support, this is Linda speaking. How can I help you today?' },
  { by: 'customer', pauseMs: 700, text: 'Good morning. I am going to travel to Singapore next week, and I would like to use my phone there.' },
  { by: 'technician', pauseMs: 700, text: 'I can help you with that. Can you please read me your account number?' },
  { by: 'customer', pauseMs: 800, text: 'Yes, of course. My account number is four one seven seven two nine.' },
  { by: 'technician', pauseMs: 900, crm: 'open-customer', text: 'Thank you. I have your account open in front of me now. I will switch on international roaming for you.' },
  { by: 'customer', pauseMs: 900, crm: 'switch-roaming-on', text: 'How much does that cost? The last time I was surprised by the price.' },
  { by: 'technician', pauseMs: 800, text: 'The travel plan has it included, and it costs ten dollars more. Shall I change your plan?' },
  { by: 'customer', pauseMs: 800, crm: 'change-plan', text: 'Yes, please change it. There is one more thing. My last bill has a charge of twenty five dollars that I do not understand.' },
  { by: 'technician', pauseMs: 900, crm: 'write-comment', text: 'I am sorry about that. I have the last bill in front of me. I will write down that you do not agree with it, and our billing team will answer you within three days.' },
  { by: 'customer', pauseMs: 900, text: 'That is fine. Please send the answer to me in writing.' },
  { by: 'technician', pauseMs: 800, crm: 'save', text: 'I will do that. Your changes are saved now. Is there anything else that I can do for you?' },
  { by: 'customer', pauseMs: 800, text: 'No, that was everything. Thank you very much for your help.' },
  { by: 'technician', pauseMs: 700, text: 'It was my pleasure. Goodbye, and have a good time.' },
]

/** What follows the last word before the customer hangs up. */
export const TAIL_MS = 1_200

export const saidBy = (party: Party): string => CALL_SCRIPT.filter(({ by }) => by === party).map(({ text }) => text).join(' ')
