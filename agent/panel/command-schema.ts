/** What the panel's page may send, parsed by the server; the page takes only the types. */
import { z } from 'zod'
import { MAX_NOTE_LENGTH } from './messages'

export const enterSchema = z.object({ key: z.string().max(100) })

export const commandSchema = z.discriminatedUnion('command', [
  z.object({ command: z.literal('start') }),
  z.object({ command: z.literal('stop') }),
  z.object({ command: z.literal('pause'), reason: z.enum(['card', 'private']) }),
  z.object({ command: z.literal('resume') }),
  z.object({ command: z.literal('note'), text: z.string().trim().min(1).max(MAX_NOTE_LENGTH) }),
  z.object({ command: z.literal('read'), id: z.string().max(200) }),
  z.object({ command: z.literal('done') }),
])
export type Command = z.infer<typeof commandSchema>
