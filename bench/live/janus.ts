/**
 * What a user would pick instead: Janus, a WebRTC server from Debian's packages. The customer's sound is fed to it as Opus
 * over RTP by ffmpeg with the settings that the agent has, and heard in the same Chromium with the least delay that WebRTC can be asked for.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { findFreePort } from '@/demo/installation'
import type { VirtualDesktop } from '@/demo/virtual-desktop'

export const JANUS_NAME = 'Janus WebRTC server (Debian package), RTP Opus of 20 ms from ffmpeg, Chromium with jitterBufferTarget 0'
const READY_LIMIT_MS = 15_000

/** Only the streaming plug-in and web sockets: the others would open ports that nobody asks for. */
const serverConfig = (folder: string): string => `
general: { configs_folder = "${folder}"  log_to_stdout = true  debug_level = 3 }
nat: { nice_debug = false  ice_ignore_list = "vmnet" }
plugins: { disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_videoroom.so,libjanus_voicemail.so" }
transports: { disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so" }
`
const socketConfig = (port: number): string => `general: { ws = true  ws_interface = "lo"  ws_port = ${port}  wss = false }\n`
const streamConfig = (port: number): string => `
customer: { type = "rtp"  id = 1  audio = true  video = false  audioport = ${port}  audiopt = 111  audiocodec = "opus" }
`

export class JanusAlternative {
  private constructor(
    private readonly children: ChildProcess[],
    private readonly folder: string,
    private readonly socketPort: number,
  ) {}

  /** Throws when Janus does not come up. */
  static async start(desktop: VirtualDesktop): Promise<JanusAlternative> {
    const folder = await mkdtemp(join(tmpdir(), 'callwitness-bench-janus-'))
    const [socketPort, rtpPort] = [await findFreePort(), await findFreePort()]
    await writeFile(join(folder, 'janus.jcfg'), serverConfig(folder))
    await writeFile(join(folder, 'janus.transport.websockets.jcfg'), socketConfig(socketPort))
    await writeFile(join(folder, 'janus.plugin.streaming.jcfg'), streamConfig(rtpPort))
    const run = (command: string, args: string[], env = process.env): ChildProcess => spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const janus = run('janus', ['-F', folder, '-C', join(folder, 'janus.jcfg')])
    const alternative = new JanusAlternative([janus], folder, socketPort)
    try {
      await untilListening(janus, socketPort)
      const source = ['-f', 'pulse', '-name', 'janus-feed', '-sample_rate', '48000', '-channels', '1', '-fragment_size', '960', '-i', `${desktop.sinks.headset}.monitor`]
      const encoder = ['-c:a', 'libopus', '-application', 'voip', '-frame_duration', '20', '-b:a', '24k', '-payload_type', '111', '-flush_packets', '1', '-f', 'rtp', `rtp://127.0.0.1:${rtpPort}`]
      const feed = run('ffmpeg', ['-hide_banner', '-nostdin', '-loglevel', 'error', '-fflags', 'nobuffer', ...source, ...encoder], desktop.env)
      feed.stdout?.resume()
      alternative.children.push(feed)
      return alternative
    } catch (cause) {
      await alternative.stop()
      throw cause
    }
  }

  /** Resolves when sound arrives. */
  async listen(page: Page): Promise<void> {
    await page.setContent('<button>Listen</button><audio autoplay></audio>')
    // A press, so that Chromium lets it be heard.
    await page.getByRole('button').click()
    await page.evaluate(WATCH(this.socketPort))
  }

  async stop(): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL')
    await rm(this.folder, { recursive: true, force: true })
  }
}

async function untilListening(janus: ChildProcess, port: number): Promise<void> {
  let output = ''
  const keep = (bytes: Buffer): void => void (output = (output + bytes.toString()).slice(-4_000))
  janus.stdout?.on('data', keep)
  janus.stderr?.on('data', keep)
  const untilMs = performance.now() + READY_LIMIT_MS
  while (performance.now() < untilMs && janus.exitCode === null) {
    if (await isOpen(port)) return
    await sleep(200)
  }
  throw new Error(`Janus does not listen:\n${output}`)
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    const answer = (isThere: boolean): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
  })
}

/** The conversation of Janus' streaming plug-in: create, attach, watch, answer its offer. */
const WATCH = (port: number): string => `
  new Promise((resolve, reject) => {
    const socket = new WebSocket('ws://127.0.0.1:${port}', 'janus-protocol')
    const peer = new RTCPeerConnection()
    window.janus = { socket, peer }
    let session, handle
    const send = (message) => socket.send(JSON.stringify({ transaction: Math.random().toString(36).slice(2), ...message }))
    setTimeout(() => reject(new Error('no sound from Janus: ' + peer.iceConnectionState)), 20000)
    socket.onopen = () => send({ janus: 'create' })
    setInterval(() => session && send({ janus: 'keepalive', session_id: session }), 20000)
    peer.onicecandidate = ({ candidate }) => send({ janus: 'trickle', session_id: session, handle_id: handle, candidate: candidate ?? { completed: true } })
    peer.ontrack = ({ receiver, streams, track }) => {
      receiver.jitterBufferTarget = 0
      const audio = document.querySelector('audio')
      audio.srcObject = streams[0] ?? new MediaStream([track])
      audio.onplaying = () => resolve()
      audio.play().catch(reject)
    }
    socket.onmessage = async ({ data }) => {
      const message = JSON.parse(data)
      if (message.janus === 'error') return reject(new Error(data))
      if (message.janus === 'success' && !session) {
        session = message.data.id
        return send({ janus: 'attach', session_id: session, plugin: 'janus.plugin.streaming' })
      }
      if (message.janus === 'success' && !handle) {
        handle = message.data.id
        return send({ janus: 'message', session_id: session, handle_id: handle, body: { request: 'watch', id: 1 } })
      }
      if (message.plugindata?.data?.error) return reject(new Error(data))
      if (message.jsep?.type !== 'offer') return
      await peer.setRemoteDescription(message.jsep)
      await peer.setLocalDescription(await peer.createAnswer())
      send({ janus: 'message', session_id: session, handle_id: handle, body: { request: 'start' }, jsep: peer.localDescription })
    }
  })
`
