/** The key that pauses and resumes wherever the technician is working: a card is not read out only while the panel has the focus. */
import type { Capture, CaptureDriver } from '../capture/ports'
import type { CallRecorder } from './call-recorder'
import type { FaultBoard } from './fault-board'
import { PAUSE_KEY_ID, pauseKeyTaken } from './faults'

type Options = { driver: CaptureDriver; recorder: CallRecorder; faults: FaultBoard; log: (line: string) => void }

/** That the key cannot be had is told and tried again; recording does without it. */
export function watchPauseKey(key: string, { driver, recorder, faults, log }: Options): Capture {
  return driver.watchKey(key, {
    onPress: () => void toggle(recorder).catch((error: unknown) => log(`${key} was refused: ${String(error)}`)),
    onStanding(problem) {
      if (problem === null) faults.clear(PAUSE_KEY_ID)
      else faults.raise(pauseKeyTaken(key, problem))
    },
  })
}

/** Pressed when nothing is recorded, it does nothing. */
async function toggle(recorder: CallRecorder): Promise<void> {
  if (recorder.current.phase === 'recording') await recorder.pause('card')
  else if (recorder.current.phase === 'paused') await recorder.resume()
}
