/** The server side of the ingest benchmark in a process of its own, so that its CPU time is its own. Argument: data folder. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { attachAgentNamespace } from '../server/ingest/agent-namespace'
import { NO_LIVE } from '../tests/support/no-live'
import { CallFeed } from '../server/ingest/call-feed'
import type { AgentDevice } from '../server/ingest/check-entry'
import { Ingest } from '../server/ingest/ingest'
import { openServerKey } from '../server/ingest/server-key'
import { attachSockets } from '../server/http/sockets'
import { consoleLog as log } from '../server/log'
import { makeFileMediaStore } from '../server/media/file-media-store'

const dataDir = process.argv[2]!
const serverKey = await openServerKey(dataDir)
const feed = new CallFeed(log)
const ingest = await Ingest.open({ dataDir, store: makeFileMediaStore(join(dataDir, 'media')), feed, serverKey, log })
const http = createServer()
// A token is the device itself: who may connect is not what is measured.
const deviceOfToken = (token: string): Promise<AgentDevice> => Promise.resolve(JSON.parse(token) as AgentDevice)
attachAgentNamespace(attachSockets(http, null), { deviceOfToken, ingest, serverKey, live: NO_LIVE, recordSeen: () => Promise.resolve(), recordDesk: () => Promise.resolve(), log })

process.on('message', () => process.send!({ cpu: process.cpuUsage() }))
http.listen(0, '127.0.0.1', () => process.send!({ port: (http.address() as AddressInfo).port }))
