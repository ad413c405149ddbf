/** A call whose first seconds are on the server and whose desk has said so. */
import type { OpenData } from '@/protocol/entries'
import type { Viewer } from '@/server/access/sessions'
import { LiveDesk } from './live-desk'
import type { TestServer } from './server'
import { waitUntil } from './wait-until'

export async function beginCall(server: TestServer, technician: Viewer, open: Partial<OpenData> = {}): Promise<LiveDesk> {
  const desk = await LiveDesk.connect(server, technician, open)
  desk.call.seconds(2).action()
  await desk.replicate()
  await waitUntil(async () => (await server.database.call.count({ where: { id: desk.call.callId } })) === 1)
  desk.tell()
  return desk
}
