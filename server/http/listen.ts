/** Makes a server listen, or says what about HOST or PORT keeps it from that. */
import type { Server } from 'node:http'
import { EnvError } from '../env'

export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
    server.listen(port, host, resolve)
  })
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new EnvError(`port ${port} of ${host} is taken by another program, perhaps by a Callwitness that runs already; end that, or set PORT to another port (PORT=0 takes any free one).`)
    case 'EACCES':
      return new EnvError(`this user may not listen on port ${port}; set PORT to one above 1023 and put a proxy before it.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new EnvError(`HOST is ${host}, which is no address of this computer; set it to one that is, or leave it out for 127.0.0.1.`)
    default:
      return error
  }
}
