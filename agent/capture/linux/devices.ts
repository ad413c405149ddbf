/** The microphones and speakers that the sound server offers. */
import type { SoundDevice } from '../ports'
import type { PulseState } from './pulse-state'

export function listDevices({ sources, sinks, defaultSource, defaultSink }: PulseState): SoundDevice[] {
  const microphones = sources.filter((source) => !source.isMonitor)
  return [
    ...microphones.map(({ name, description }): SoundDevice => ({ id: name, description, isDefault: name === defaultSource, kind: 'microphone' })),
    ...sinks.map(({ name, description }): SoundDevice => ({ id: name, description, isDefault: name === defaultSink, kind: 'speaker' })),
  ]
}
