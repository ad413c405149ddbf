/** A simulated softphone: plays the customer into the headset as a stream of its own, holds the microphone, and hangs up at the end. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Children } from './children'
import { makeWav } from './pcm'
import type { VirtualDesktop } from './virtual-desktop'
import type { SpokenCall } from './voices'

/** By these the sound server knows the program's streams, as it knows a real softphone's. */
const SOFTPHONE = ['--property=application.name=Softphone', '--property=media.role=phone']
const PERSON = ['--property=application.name=Room']

export type RunningCall = {
  /** Wall clock just before the sounds were started: none is heard earlier. */
  startedMs: number
  /** Resolves at hang-up with its wall clock. */
  hungUp: Promise<number>
}

/** Starts the conversation; the technician's own voice sounds in the room, so it goes where the microphone listens. */
export async function startConversation(children: Children, desktop: VirtualDesktop, call: SpokenCall): Promise<RunningCall> {
  const folder = await mkdtemp(join(tmpdir(), 'callwitness-voices-'))
  const customer = join(folder, 'customer.wav')
  const technician = join(folder, 'technician.wav')
  await Promise.all([writeFile(customer, makeWav(call.sounds.customer)), writeFile(technician, makeWav(call.sounds.technician))])

  const { env, sinks, microphoneSource } = desktop
  const startedMs = Date.now()
  const microphone = children.start('softphone microphone', 'parec', [...SOFTPHONE, '--raw', '-d', microphoneSource, '/dev/null'], { env })
  const voice = children.start('technician voice', 'paplay', [...PERSON, '-d', sinks.microphone, technician], { env })
  const playback = children.start('softphone', 'paplay', [...SOFTPHONE, '-d', sinks.headset, customer], { env })
  const hungUp = playback.ended.then(async (code) => {
    const hungUpMs = Date.now()
    await Promise.all([microphone.end(), voice.end()])
    await rm(folder, { recursive: true, force: true })
    if (code !== 0) throw new Error(`the softphone ended with exit code ${code}: ${playback.tail()}`)
    return hungUpMs
  })
  return { startedMs, hungUp }
}
