/** Streams the recorder's state as it changes, and its readings while somebody looks, one JSON object a line. */
import type { ServerResponse } from 'node:http'
import { type PanelMessage, READINGS_PER_SECOND, SILENCE_DB } from './messages'
import type { LiveReading, PanelControls } from './ports'

/** A page that has not read this much is hidden or hangs: readings are left out until it has, states never are. */
const MAX_UNREAD_BYTES = 64 * 1024

export function streamPanel(response: ServerResponse, controls: PanelControls, { headers, signal }: { headers: Record<string, string>; signal: AbortSignal }): void {
  response.writeHead(200, { ...headers, 'content-type': 'application/x-ndjson' })
  const send = (message: PanelMessage): void => void response.write(`${JSON.stringify(message)}\n`)
  const sendState = (): void => send({ kind: 'state', state: controls.state(), reading: readFinite(controls) })

  sendState()
  const unsubscribe = controls.subscribe(sendState)
  const stopWatching = controls.watchReadings()
  const timer = setInterval(() => {
    const reading = readFinite(controls)
    if (reading && response.writableLength < MAX_UNREAD_BYTES) send({ kind: 'reading', reading })
  }, 1_000 / READINGS_PER_SECOND)

  const end = (): void => {
    clearInterval(timer)
    unsubscribe()
    stopWatching()
    signal.removeEventListener('abort', end)
    response.end()
  }
  response.once('close', end)
  signal.addEventListener('abort', end)
}

/** JSON has no infinity. */
function readFinite(controls: PanelControls): LiveReading | null {
  const reading = controls.reading()
  return reading && { ...reading, levelsDb: Object.fromEntries(Object.entries(reading.levelsDb).map(([track, levelDb]) => [track, Math.max(SILENCE_DB, levelDb)])) }
}
