import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { getAgentConfig, saveAgentConfig } from '@/agent/config/agent-config'
import { openAgentHome, type AgentHome } from '@/agent/config/agent-home'
import { openDeviceKey } from '@/agent/config/device-key'
import { DEVICE_ID, TECHNICIAN } from '../../support/test-agent'

const TOKEN = 'the-token-of-this-device'
const PAIRED = { serverUrl: 'http://127.0.0.1:3000', token: TOKEN, deviceId: DEVICE_ID, technician: TECHNICIAN }

/** Answers as secret-tool of libsecret 0.20.5 does: one secret, exit code 1 and silence when there is none. */
const SECRET_TOOL = `#!/bin/sh
case $1 in
  lookup) [ -e "$0.secret" ] && exec cat "$0.secret"; exit 1 ;;
  store) exec cat > "$0.secret" ;;
esac`

let folder: string
let bin: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callwitness-secrets-'))
  bin = join(folder, 'bin')
  await mkdir(bin)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const withoutKeyring = (): AgentHome => openAgentHome({ CALLWITNESS_AGENT_HOME: join(folder, 'home'), DBUS_SESSION_BUS_ADDRESS: '' })
const withKeyring = (): AgentHome => openAgentHome({ CALLWITNESS_AGENT_HOME: join(folder, 'home'), DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', PATH: `${bin}:${process.env.PATH}` })
async function startKeyring(): Promise<void> {
  await writeFile(join(bin, 'secret-tool'), SECRET_TOOL)
  await chmod(join(bin, 'secret-tool'), 0o755)
}
const onDisk = async (home: AgentHome): Promise<string> => (await readFile(home.keyFile, 'utf8')) + (await readFile(home.configFile, 'utf8'))

describe.each(['file', 'keyring'] as const)('with the key in the %s', (keeper) => {
  it('token and device key are not readable in their files, and come back as they were', async () => {
    await startKeyring()
    const home = keeper === 'keyring' ? withKeyring() : withoutKeyring()
    const { publicKey } = openDeviceKey(home)
    saveAgentConfig(home, PAIRED)
    const text = await onDisk(home)
    expect(text).not.toMatch(new RegExp(`${TOKEN}|PRIVATE KEY`))
    expect(text.match(new RegExp(`sealed-v1\\.${keeper}\\.`, 'g'))).toHaveLength(2)
    const again = keeper === 'keyring' ? withKeyring() : withoutKeyring()
    expect([openDeviceKey(again).publicKey, getAgentConfig(again).token]).toEqual([publicKey, TOKEN])
  })
})

it('plain files from before are read, and encrypted without touching anything else', async () => {
  const home = withoutKeyring()
  const { privateKey } = generateKeyPairSync('ed25519')
  await writeFile(home.keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const fields = { ...PAIRED, pairingSecret: 'a-pairing-secret-for-tests', note: 'written by hand' }
  await writeFile(home.configFile, JSON.stringify(fields))
  const { publicKey } = openDeviceKey(home)
  expect(getAgentConfig(home).token).toBe(TOKEN)
  expect(await onDisk(home)).not.toMatch(new RegExp(`${TOKEN}|PRIVATE KEY`))
  expect(JSON.parse(await readFile(home.configFile, 'utf8'))).toEqual({ ...fields, token: expect.stringMatching(/^sealed-v1\.file\./) as string })
  expect([openDeviceKey(withoutKeyring()).publicKey, getAgentConfig(withoutKeyring()).token]).toEqual([publicKey, TOKEN])
  for (const file of [home.keyFile, home.configFile, join(home.folder, 'wrapping-key')]) expect((await stat(file)).mode & 0o777).toBe(0o600)
})

it('a keyring that appears takes over; while it is away nothing is made anew, and the person is told', async () => {
  const { publicKey } = openDeviceKey(withoutKeyring())
  saveAgentConfig(withoutKeyring(), PAIRED)
  await startKeyring()
  expect([openDeviceKey(withKeyring()).publicKey, getAgentConfig(withKeyring()).token]).toEqual([publicKey, TOKEN])
  expect(await onDisk(withKeyring())).not.toContain('sealed-v1.file.')
  expect(() => openDeviceKey(withoutKeyring())).toThrow(/desktop's keyring, which does not answer\. Log in to the desktop/)
  expect(openDeviceKey(withKeyring()).publicKey).toBe(publicKey)
})

it('a keyring without an answer is none', async () => {
  await writeFile(join(bin, 'secret-tool'), '#!/bin/sh\necho "Cannot autolaunch D-Bus" >&2; exit 1\n')
  await chmod(join(bin, 'secret-tool'), 0o755)
  expect(withKeyring().secrets.keeper).toBe('file')
})

it('one secret cannot be put in the place of another, nor be changed', () => {
  const { secrets } = withoutKeyring()
  const sealed = secrets.seal('token', TOKEN)
  const open = (name: string, text: string) => () => secrets.open(name, text, () => undefined)
  expect(open('token', sealed)()).toBe(TOKEN)
  expect(open('device key', sealed)).toThrow(/was encrypted with another key/)
  expect(open('token', `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`)).toThrow(/was encrypted with another key/)
})
