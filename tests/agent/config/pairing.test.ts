import { createPublicKey, verify } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findAgentConfig, getAgentConfig, saveAgentConfig } from '@/agent/config/agent-config'
import { openAgentHome, type AgentHome } from '@/agent/config/agent-home'
import { openDeviceKey } from '@/agent/config/device-key'
import { pairDevice } from '@/agent/config/pair-device'
import { deviceCodeRequestSchema, type DeviceTokenReply } from '@/protocol/agent-http'
import { DEVICE_ID, TECHNICIAN } from '../../support/test-agent'

let home: AgentHome
beforeEach(async () => {
  home = openAgentHome({ CALLWITNESS_AGENT_HOME: await mkdtemp(join(tmpdir(), 'callwitness-config-')) })
})
afterEach(() => rm(home.folder, { recursive: true, force: true }))

const PAIRED = { serverUrl: 'http://127.0.0.1:3000', token: 'token', deviceId: DEVICE_ID, technician: TECHNICIAN }

describe('the device key', () => {
  it('is made once, for its owner alone, and signs what its public key verifies', async () => {
    const signer = openDeviceKey(home)
    expect(openDeviceKey(home).publicKey).toBe(signer.publicKey)
    expect((await stat(home.keyFile)).mode & 0o777).toBe(0o600)
    const message = new TextEncoder().encode('a message')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: signer.publicKey }, format: 'jwk' })
    expect(verify(null, message, key, Buffer.from(signer.sign(message), 'base64url'))).toBe(true)
  })
})

describe('agent.json', () => {
  it('keeps what was configured when the device is paired again', () => {
    const first = saveAgentConfig(home, PAIRED)
    const second = saveAgentConfig(home, { ...PAIRED, token: 'another' })
    expect(second).toEqual({ ...first, token: 'another' })
    expect(getAgentConfig(home)).toEqual(second)
  })

  it('is readable by its owner alone', async () => {
    saveAgentConfig(home, PAIRED)
    expect((await stat(home.configFile)).mode & 0o777).toBe(0o600)
  })

  it('is missing on a computer that is not paired', () => {
    expect(findAgentConfig(home)).toBeNull()
    expect(() => getAgentConfig(home)).toThrow('is not paired')
  })
})

describe('pairing', () => {
  let server: Server
  let replies: DeviceTokenReply[]
  let asked: unknown[]

  beforeEach(async () => {
    asked = []
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (bytes: Buffer) => (body += bytes.toString()))
      request.on('end', () => {
        asked.push(JSON.parse(body))
        const code = { deviceCode: 'secret', userCode: 'WXRT-PLKM', approveUrl: 'http://127.0.0.1/devices/approve', expiresInSeconds: 600, pollEverySeconds: 5 }
        response.end(JSON.stringify(request.url === '/api/devices/code' ? code : replies.shift()))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => new Promise((resolve) => server.close(resolve)))

  const pair = (waits: number[] = [], codes: string[] = []) =>
    pairDevice({
      serverUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      deviceKey: openDeviceKey(home).publicKey,
      agentVersion: 'test',
      onCode: ({ userCode }) => codes.push(userCode),
      wait: (ms) => Promise.resolve(void waits.push(ms)),
    })

  it('shows the code and waits until a person has approved it', async () => {
    replies = [{ state: 'pending' }, { state: 'pending' }, { state: 'approved', token: 'token', deviceId: DEVICE_ID, technician: TECHNICIAN }]
    const [waits, codes]: [number[], string[]] = [[], []]
    expect(await pair(waits, codes)).toMatchObject({ token: 'token', technician: TECHNICIAN })
    expect([waits, codes]).toEqual([[5_000, 5_000, 5_000], ['WXRT-PLKM']])
    expect(deviceCodeRequestSchema.parse(asked[0]).deviceKey).toBe(openDeviceKey(home).publicKey)
  })

  it.each([
    ['denied', 'was not approved'],
    ['expired', 'not approved in time'],
  ] as const)('ends when it is %s', async (state, message) => {
    replies = [{ state }]
    await expect(pair()).rejects.toThrow(message)
  })
})
