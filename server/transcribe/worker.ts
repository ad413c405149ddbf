/** A speech worker: a process with one thread of recognition. Started by `worker-pool.ts` with the models' folder as its argument. */
import { getPriority, setPriority } from 'node:os'
import { MoonshineEngine } from './moonshine/moonshine-engine'
import { modelPaths } from './moonshine/model-files'
import { LocalSpeechService, type SpeechService } from './speech-service'
import type { FromWorker, SpeechResponse, ToWorker } from './worker-messages'

/** As in nice(1): higher numbers wait more. A process at 0 gets three times the time of one at 5. */
const YIELD = 5
const LEAST_PRIORITY = 19

const send = (message: FromWorker): void => void process.send?.(message)

// What records goes before what understands, on this machine too.
setPriority(Math.min(LEAST_PRIORITY, getPriority() + YIELD))

// The server is gone: nobody would read an answer.
process.on('disconnect', () => process.exit(0))
// A terminal sends its Ctrl-C to the whole group; the server decides when its workers end.
process.on('SIGINT', () => undefined)

const modelsDir = process.argv[2]
if (modelsDir === undefined) throw new Error('a speech worker needs the models folder as its argument')
const speech = new LocalSpeechService(await MoonshineEngine.load(modelPaths(modelsDir)))

process.on('message', (request: ToWorker) => {
  answer(speech, request).then(
    (result) => send({ kind: 'done', result }),
    (error: unknown) => send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  )
})
send({ kind: 'ready' })

function answer(service: SpeechService, request: ToWorker): Promise<SpeechResponse> {
  switch (request.kind) {
    case 'hear':
      return service.hear(request.packets, request.memory, 'live')
    case 'transcribe':
      return service.transcribe(request.samples, request.options, 'live')
  }
}
