/** What pages that look at the wallboard are told of it and of the desks. */
import { desksFor, listDesks } from './desks'
import type { LivePagesDeps } from './live-pages'
import type { ListenerSocket, LiveNamespace } from './rooms'

/** The board as these rooms see it, whole, and from then on what changes. */
export async function showBoard(socket: ListenerSocket, rooms: string[], { database, desks, nodes }: LivePagesDeps): Promise<void> {
  for (const room of socket.data.boardRooms ?? []) if (!rooms.includes(room)) await socket.leave(room)
  socket.data.boardRooms = rooms
  await socket.join(rooms)
  socket.emit('board', { isWhole: true, tiles: [], gone: [], technicians: desksFor(await listDesks(database, desks.read()), rooms) })
  await nodes.ask({ kind: 'board', socketId: socket.id, rooms })
}

export async function tellDesks(namespace: LiveNamespace, { database, desks }: LivePagesDeps): Promise<void> {
  const watching = [...namespace.sockets.values()].flatMap((socket) => (socket.data.boardRooms ? [{ socket, rooms: socket.data.boardRooms }] : []))
  if (watching.length === 0) return
  const listed = await listDesks(database, desks.read())
  for (const { socket, rooms } of watching) socket.emit('board', { isWhole: false, tiles: [], gone: [], technicians: desksFor(listed, rooms) })
}
