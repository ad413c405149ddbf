/** Which of the objects that actions concern are tickets, whatever the CRM calls them. */
export const TICKET_TYPES: readonly string[] = ['ticket', 'case']

export const isTicketType = (objectType: string): boolean => TICKET_TYPES.includes(objectType.toLowerCase())
