/** The agent's one wiring file: from a command line to the parts that do it. */
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'
import { startActionReceiver } from './capture/actions/action-receiver'
import { withholdCardNumbers } from './capture/actions/card-numbers'
import { faultOfPairing } from './capture/actions/pairing'
import { makeLinuxDriver } from './capture/linux/driver'
import type { CaptureDriver } from './capture/ports'
import type { CallDeps } from './call/call-factory'
import { CallRecorder } from './call/call-recorder'
import { makeSystemClock } from './call/clock'
import { FaultBoard } from './call/fault-board'
import { logRefused, recoveryFailed, serverRefuses, setAside as setAsideFault, SERVER_REFUSES_ID } from './call/faults'
import { LevelMeters } from './call/level-meter'
import { RecorderPanelControls } from './call/panel-controls'
import { RecoveryDesk } from './call/recovery-desk'
import { watchPauseKey } from './call/pause-key'
import { SoftphoneFollower } from './call/softphone-follower'
import { parseCommand } from './cli/command'
import { askStatus, askStop, startControlServer, type StatusReply } from './cli/control-server'
import { checkComputer } from './cli/doctor'
import { CliError } from './cli/errors'
import { describeDevice, describeRequirement, describeStatus, describeVerdict } from './cli/print'
import { checkReady } from './cli/ready'
import { findReadyResult, saveReadyResult } from './cli/ready-result'
import { type AgentConfig, findAgentConfig, getAgentConfig, saveAgentConfig } from './config/agent-config'
import { type AgentHome, openAgentHome } from './config/agent-home'
import { openDeviceKey } from './config/device-key'
import { pairDevice } from './config/pair-device'
import { CoachDesk } from './coach/coach-desk'
import { VoiceDecoder } from './coach/voice-decoder'
import { LiveRelay } from './live/live-relay'
import { StatusTeller } from './live/status-teller'
import { openPanel } from './panel/open-panel'
import { startPanel } from './panel/panel-server'
import { makeDiskFiles } from './spool/spool-files'
import { Spool } from './spool/spool'
import { tellDesk } from './uplink/tell-desk'
import { Uplink } from './uplink/uplink'

const AGENT_VERSION = '0.1.0'
/** How long a stop waits for the server to take what is left. */
const FLUSH_MS = 5_000

const say = (line: string): void => void process.stdout.write(`${line}\n`)
/** One line each: names of windows, pages and devices come from outside and may hold anything. */
const log = (line: string): void => void process.stderr.write(`${new Date().toISOString()} ${line.replaceAll(/\p{Cc}+/gu, ' ')}\n`)

async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = parseCommand(argv)
  const home = openAgentHome(env)
  const driver = makeLinuxDriver({ env, log })
  switch (command.name) {
    case 'help':
      say(command.text)
      return 0
    case 'start':
      return runAgent(home, getAgentConfig(home), driver)
    case 'stop':
      await askStop(home.runFile, wait)
      say('The agent has stopped.')
      return 0
    case 'status':
      say(describeStatus(await askStatus(home.runFile), findReadyResult(home.readyFile)))
      return 0
    case 'panel': {
      const { panelUrl } = await askStatus(home.runFile)
      if (panelUrl === null) throw CliError.noPanel()
      await openPanel({ url: panelUrl, profileDir: home.panelProfileFolder, env, log })
      return 0
    }
    case 'devices':
      for (const device of await driver.listDevices()) say(describeDevice(device))
      return 0
    case 'doctor': {
      const requirements = await checkComputer(home, driver)
      for (const requirement of requirements) say(describeRequirement(requirement))
      return requirements.every(({ isMet }) => isMet) ? 0 : 1
    }
    case 'ready': {
      const config = findAgentConfig(home)
      const spoolFolder = config?.spoolFolder ?? home.spoolFolder
      const result = await checkReady({ driver, files: makeDiskFiles(), spoolFolder, config, agentVersion: AGENT_VERSION, ask: say, wait }, (verdict) => say(describeVerdict(verdict)))
      saveReadyResult(home.readyFile, result)
      const { isReady } = result
      say(isReady ? 'Ready for calls.' : 'Not ready for calls.')
      if (config) await tellDesk(config, AGENT_VERSION, { ready: result }).catch((error: unknown) => say(`The server does not know of it yet: ${messageOf(error)} The agent tells it when it is connected.`))
      return isReady ? 0 : 1
    }
    case 'pair':
      return pair(home, command.serverUrl)
    default:
      return command satisfies never
  }
}

async function pair(home: AgentHome, serverUrl: string): Promise<number> {
  const { publicKey } = openDeviceKey(home)
  const paired = await pairDevice({
    serverUrl,
    deviceKey: publicKey,
    agentVersion: AGENT_VERSION,
    wait,
    onCode: ({ userCode, approveUrl, expiresInSeconds }) => say(`Open ${approveUrl} and approve the code ${userCode} within ${Math.round(expiresInSeconds / 60)} minutes.`),
  })
  saveAgentConfig(home, { serverUrl, ...paired })
  say(`Paired: calls on this computer belong to ${paired.technician.name}.`)
  return 0
}

/** Resolves with the exit code when the agent was asked to stop and has ended what it was doing. */
async function runAgent(home: AgentHome, config: AgentConfig, driver: CaptureDriver): Promise<number> {
  const display = await driver.checkDisplay()
  if (!display.isMet) throw CliError.noDisplay(display.found, display.remedy)
  const control = await startControlServer(home.runFile)
  const stopping = new AbortController()
  const stopped = once(stopping.signal, 'abort')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())

  const clock = makeSystemClock()
  const signer = openDeviceKey(home)
  const faults = new FaultBoard()
  const meters = await LevelMeters.make()
  const voiceDecoder = await VoiceDecoder.make()
  const limits = { startBytes: config.minFreeToStartMb * 1_000_000, recordBytes: config.minFreeToRecordMb * 1_000_000 }
  const { spool, calls, setAside } = await Spool.open(config.spoolFolder ?? home.spoolFolder, makeDiskFiles(), limits)
  for (const { callId, folder, error } of setAside) {
    log(`${error.message}; it was kept in ${folder}`)
    faults.raise(setAsideFault(callId, error.message, folder))
  }

  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const identity = { deviceId: config.deviceId, technician: config.technician, timeZone, agentVersion: AGENT_VERSION, consentRule: config.consentRule }
  const deps: CallDeps = { spool, clock, signer, identity }
  const recovery = new RecoveryDesk(deps, calls, (callId, error) => {
    log(`call ${callId} could not be closed: ${String(error)}`)
    faults.raise(recoveryFailed(callId, error))
  })

  let extensionHeardAt: string | undefined
  const uplink: Uplink = new Uplink(
    { server: config, agentVersion: AGENT_VERSION, clock, log, desk: () => ({ ready: findReadyResult(home.readyFile) ?? undefined, extensionHeardAt }) },
    {
      onLink(link) {
        relay.useLink(link)
        teller.useLink(link)
        coach.useLink(link)
      },
      onListen: (demand) => relay.handleDemand(demand),
      onCoachText: (message) => coach.handleText(message),
      onCoachVoice: (packet) => coach.handleVoice(packet),
      onPresence: (message) => coach.handlePresence(message),
      onStateChanged() {
        if (uplink.state.state === 'revoked') faults.raise(serverRefuses(uplink.trouble ?? ''))
        else faults.clear(SERVER_REFUSES_ID)
        controls.tell()
      },
      onReconciled: ({ callId }) => void recovery.handleReconciled(callId),
      onRefused(callLog, kind, message) {
        log(`the server does not take call ${callLog.callId} (${kind}): ${message}`)
        faults.raise(logRefused(callLog.callId, kind, message, callLog.folder))
      },
      onSafe: (callLog) => void spool.remove(callLog).catch((error: unknown) => log(`${callLog.folder} could not be removed: ${String(error)}`)),
    },
  )

  const relay = new LiveRelay({
    clock,
    hurry(everyMs) {
      const calmDown = [driver.deliverEvery(everyMs), uplink.hurry()]
      return () => calmDown.forEach((calm) => calm())
    },
  })

  const recorder: CallRecorder = new CallRecorder(
    { ...deps, driver, faults, meters, wrapUpMs: config.wrapUpSeconds * 1_000 },
    {
      onOpened(callLog, startedWallMs) {
        log(`recording call ${callLog.callId}`)
        uplink.add(callLog, true)
        relay.begin(callLog.callId, () => ('call' in recorder.current ? recorder.current.call.nowMs : 0))
        receiver.beginCall(callLog.callId, startedWallMs)
        controls.beginCall()
      },
      onKept: (item) => relay.push(item),
      onAction: (atMs, action) => controls.showAction(atMs, action),
      onClosed(callId) {
        log(`closed call ${callId}`)
        relay.end()
        coach.handleClosed()
        void receiver.endCall()
      },
      onStateChanged() {
        coach.handleRecorderState()
        controls.tell()
        teller.tell()
      },
    },
  )
  const follower = new SoftphoneFollower({ recorder, clock, candidate: recovery.candidate, closeCandidate: (call) => recovery.close(call), log })
  const receiver = await startActionReceiver({
    port: config.actionPort,
    pairingSecret: config.pairingSecret,
    allowedOrigins: config.allowedOrigins,
    mayCallGoOn: () => follower.hasCandidate,
    onAction: ({ id, data, wallMs }) => recorder.action({ id, ...data }, wallMs),
    onPairingChanged(pairing) {
      const fault = faultOfPairing(pairing)
      if (fault) faults.raise(fault)
      else faults.clear('extension-secret')
      if (pairing.state !== 'heard') return
      extensionHeardAt = new Date(pairing.wallMs).toISOString()
      uplink.tellDesk()
    },
    log,
  })
  const coach: CoachDesk = new CoachDesk({
    recorder, clock, faults, decoder: voiceDecoder, softphone: () => follower.followedCall, onChanged: () => controls.tell(),
    openVoice: (beside, onFailed) => driver.openVoice(beside, onFailed),
  })
  const controls: RecorderPanelControls = new RecorderPanelControls({
    recorder, coach, faults, meters, technician: config.technician, uplinkState: () => uplink.state, startByHand: () => follower.startByHand(),
    deliverEvery: (intervalMs) => driver.deliverEvery(intervalMs),
    pauseKey: config.pauseKey,
  })

  const readLevels = meters.openReader()
  const teller = new StatusTeller({
    clock,
    read() {
      const { phase, ...state } = recorder.current
      return { phase, callId: 'call' in state ? state.call.callId : null, levelsDb: phase === 'recording' ? readLevels() : {}, behindMs: uplink.state.state === 'behind' ? uplink.state.behindMs : 0, faults: faults.list() }
    },
  })
  faults.onChange(() => teller.tell())

  function describe(): StatusReply {
    const state = recorder.current
    const call = 'call' in state ? state.call : null
    return {
      phase: state.phase,
      callId: call?.callId ?? null,
      atMs: call?.nowMs ?? null,
      technician: config.technician.name,
      server: config.serverUrl,
      uplink: uplink.state.state,
      spooledCalls: uplink.callCount,
      panelUrl: panel?.makeEntryUrl() ?? null,
      extensionPort: receiver.port,
      pairingSecret: config.pairingSecret,
      faults: faults.list(),
    }
  }

  for (const { log: callLog } of calls) uplink.add(callLog, false)
  uplink.start()
  await recovery.closeAtOnce()
  const panelSecret = signer.sign(new TextEncoder().encode('callwitness-panel-secret-v1'))
  const panel = await startPanel({ port: config.panelPort, controls, secret: panelSecret, pageDir: panelPages(), log }).catch(logged('recording goes on without the panel'))
  const panelWindow = panel && config.showPanel ? await openPanel({ url: panel.makeEntryUrl(), profileDir: home.panelProfileFolder, log }).catch(logged('the panel has no window')) : null
  control.serve({ status: describe, stop: () => stopping.abort() })
  const softphones = await driver.watchSoftphones(follower)
  const titles = await driver.watchWindowTitles(({ application, title, wallMs }) => {
    const action = withholdCardNumbers({ source: 'desktop', verb: 'focused', object: { type: 'window', id: application, name: title }, changes: [] })
    recorder.action(action, wallMs).catch((error: unknown) => log(String(error)))
  })
  const pauseKey = config.pauseKey === null ? null : watchPauseKey(config.pauseKey, { driver, recorder, faults, log })
  say(`Waiting for calls as ${config.technician.name}. Panel: ${panel?.makeEntryUrl() ?? 'not available'}`)

  await stopped
  follower.dispose()
  await Promise.all([softphones.stop(), titles.stop(), pauseKey?.stop()])
  await recorder.dispose()
  await receiver.stop()
  if (!(await uplink.flush(FLUSH_MS))) say('The server does not have everything yet; the rest is on this disk and is sent at the next start.')
  uplink.dispose()
  relay.dispose()
  teller.dispose()
  panelWindow?.close()
  await panel?.stop()
  await control.dispose()
  meters.dispose()
  voiceDecoder.dispose()
  return 0
}

/** What the agent can do without: told, and then not there. */
const logged = (consequence: string) => (error: unknown): null => {
  log(`${consequence}: ${String(error)}`)
  return null
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Beside the bundle, or where the bundle would be when the sources are run. */
const panelPages = (): string => fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../dist/panel' : './panel', import.meta.url))

main(process.argv.slice(2), process.env).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`)
    process.exit(1)
  },
)
