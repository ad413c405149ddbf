/** What the sound server holds at one moment, out of the JSON that `pactl` prints. */
import { z } from 'zod'

const propertiesSchema = z.record(z.string(), z.string().nullable())

const pactlListSchema = z.object({
  sources: z.array(z.object({ index: z.int(), name: z.string(), description: z.string().nullable(), monitor_source: z.string().nullable() })),
  sinks: z.array(z.object({ index: z.int(), name: z.string(), description: z.string().nullable(), monitor_source: z.string().nullable() })),
  sink_inputs: z.array(z.object({ index: z.int(), sink: z.int(), corked: z.boolean(), properties: propertiesSchema })),
  source_outputs: z.array(z.object({ index: z.int(), source: z.int(), corked: z.boolean(), properties: propertiesSchema })),
})
const pactlInfoSchema = z.object({ default_sink_name: z.string().nullable(), default_source_name: z.string().nullable() })

/** `isMonitor`: it repeats what a speaker plays and is no microphone. */
export type PulseSource = { index: number; name: string; description: string; isMonitor: boolean }
export type PulseSink = { index: number; name: string; description: string; monitorSource: string | null }

export type PulseApplication = { name: string; binary: string; processId: string }
/** A program's stream to a sink or from a source, whose index is `deviceIndex`. */
export type PulseStream = { index: number; deviceIndex: number; isCorked: boolean; application: PulseApplication; mediaRole: string | null; mediaName: string }

export type PulseState = {
  defaultSource: string | null
  defaultSink: string | null
  sources: PulseSource[]
  sinks: PulseSink[]
  /** PulseAudio's sink inputs. */
  playbacks: PulseStream[]
  /** PulseAudio's source outputs. */
  recordings: PulseStream[]
}

/** Throws when the text is not what `pactl --format=json list` and `… info` print. */
export function parsePulseState(listJson: string, infoJson: string): PulseState {
  const list = pactlListSchema.parse(JSON.parse(listJson))
  const info = pactlInfoSchema.parse(JSON.parse(infoJson))
  return {
    defaultSource: info.default_source_name,
    defaultSink: info.default_sink_name,
    sources: list.sources.map(({ index, name, description, monitor_source }) => ({ index, name, description: description ?? name, isMonitor: Boolean(monitor_source) })),
    sinks: list.sinks.map(({ index, name, description, monitor_source }) => ({ index, name, description: description ?? name, monitorSource: monitor_source })),
    playbacks: list.sink_inputs.map(({ sink, ...stream }) => makeStream(sink, stream)),
    recordings: list.source_outputs.map(({ source, ...stream }) => makeStream(source, stream)),
  }
}

/** One program may use a process for each direction, and one process may be known by different names. */
export const isSameApplication = (a: PulseApplication, b: PulseApplication): boolean =>
  (a.processId !== '' && a.processId === b.processId) || (a.name !== '' && a.name === b.name && a.binary === b.binary)

function makeStream(deviceIndex: number, { index, corked, properties }: { index: number; corked: boolean; properties: z.infer<typeof propertiesSchema> }): PulseStream {
  const text = (key: string): string => properties[key] ?? ''
  return {
    index,
    deviceIndex,
    isCorked: corked,
    application: { name: text('application.name'), binary: text('application.process.binary'), processId: text('application.process.id') },
    mediaRole: properties['media.role'] ?? null,
    mediaName: text('media.name'),
  }
}
