/** The capture driver for Linux with PulseAudio (or PipeWire's PulseAudio server) and X11. */
import type { AudioSource, CaptureDriver, CaptureFault, CaptureListener } from '../ports'
import type { Environment } from './child'
import { listDevices } from './devices'
import { watchKey } from './key-watch'
import { playTone } from './play-tone'
import { playVoice } from './play-voice'
import { Pace } from './pace'
import { PipeStock } from './pipe-stock'
import { captureProgram } from './program-capture'
import { PulseServer } from './pulse-server'
import { checkDisplay, checkPauseKey, checkRequirements } from './requirements'
import { captureScreen } from './screen-capture'
import { watchSoftphones } from './softphone-watch'
import { captureSource } from './source-capture'
import { watchWindowTitles } from './window-titles'

/** `env` says which sound server and display: DISPLAY, XAUTHORITY, PULSE_SERVER, XDG_RUNTIME_DIR. `log` is told of faults. */
export type LinuxDriverOptions = { env?: Environment; log: (line: string) => void }

export function makeLinuxDriver({ env = process.env, log }: LinuxDriverOptions): CaptureDriver {
  const pulse = new PulseServer(env, log)
  const pace = new Pace()
  const pipes = new PipeStock(env)
  const logged = <Item>(what: string, listener: CaptureListener<Item>): CaptureListener<Item> => ({
    onItem: (item) => listener.onItem(item),
    onFault(fault: CaptureFault) {
      log(`${what}: ${fault.cause}: ${fault.detail}`)
      listener.onFault(fault)
    },
  })
  return {
    checkRequirements: () => checkRequirements(env, pulse),
    checkDisplay: () => checkDisplay(env),
    listDevices: async () => listDevices(await pulse.read()),
    playTone: (frequencyHz, durationMs) => playTone(frequencyHz, durationMs, env),
    openVoice: (beside, onFailed) =>
      playVoice(beside, (why) => {
        log(`a coach is not heard: ${why}`)
        onFailed(why)
      }, { env, pulse }),
    openAudio(track, source: AudioSource, listener) {
      const audio = logged(track, listener)
      if (source.kind === 'program') return captureProgram(track, source.streamIndex, audio, { env, pulse, pace, pipes })
      return captureSource(track, source, audio, { env, pulse, pace, pipes })
    },
    openScreen: (listener) => captureScreen(logged('screen', listener), env),
    deliverEvery: (intervalMs) => pace.hurry(intervalMs),
    async watchSoftphones(listener) {
      await pipes.prepare()
      return watchSoftphones(listener, pulse)
    },
    watchKey: (key, listener) => watchKey(key, listener, env),
    checkKey: (key) => checkPauseKey(key, env),
    watchWindowTitles: (onTitle) => Promise.resolve(watchWindowTitles(onTitle, env)),
  }
}
