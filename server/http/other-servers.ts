/** Several servers of one installation: rooms of socket.io reach over all of them through Redis. */
import { createAdapter } from '@socket.io/redis-adapter'
import { createClient } from 'redis'
import type { Server } from 'socket.io'
import type { Log } from '../log'

/** Rejects when Redis cannot be reached; the answer lets go of it. Once connected it comes back by itself. */
export async function joinOtherServers(io: Server, redisUrl: string, log: Log): Promise<() => Promise<void>> {
  const publisher = createClient({ url: redisUrl })
  const subscriber = publisher.duplicate()
  for (const client of [publisher, subscriber]) client.on('error', (cause: unknown) => log.error('Redis cannot be reached: other servers hear nothing of this one until it can', cause))
  await Promise.all([publisher.connect(), subscriber.connect()])
  io.adapter(createAdapter(publisher, subscriber))
  return async () => {
    await Promise.all([publisher.close(), subscriber.close()])
  }
}
