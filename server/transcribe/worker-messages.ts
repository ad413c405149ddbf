/** The conversation between the server and a speech worker, over Node's IPC with structured clones. */
import type { TranscribeOptions, Transcription } from './engine'
import type { HeardSound, HearingMemory } from './speech-service'

export type SpeechRequest =
  | { kind: 'hear'; packets: readonly Uint8Array[]; memory: HearingMemory | null }
  | { kind: 'transcribe'; samples: Float32Array; options: TranscribeOptions }
export type SpeechResponse = HeardSound | Transcription

/** A worker has one request at a time. */
export type ToWorker = SpeechRequest
export type FromWorker = { kind: 'ready' } | { kind: 'done'; result: SpeechResponse } | { kind: 'failed'; message: string }
