/** Silero's voice activity detector, version 6: the probability of speech for every 32 ms. */
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { SPEECH_FRAME_SAMPLES, SPEECH_SAMPLE_RATE_HZ, type SpeechDetection, type SpeechMemory } from '../engine'

const CONTEXT_SAMPLES = 64
const STATE_SHAPE = [2, 1, 128]

export class SileroDetector {
  private readonly rate = new Tensor('int64', BigInt64Array.of(BigInt(SPEECH_SAMPLE_RATE_HZ)))
  private constructor(private readonly session: InferenceSession) {}

  static async load(path: string): Promise<SileroDetector> {
    const session = await InferenceSession.create(path, { executionProviders: ['cpu'], intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 })
    return new SileroDetector(session)
  }

  async detect(samples: Float32Array, memory: SpeechMemory | null): Promise<SpeechDetection> {
    let { state, context } = memory ?? beginning()
    const sound = join(memory?.pending ?? new Float32Array(), samples)
    const probabilities = new Float32Array(Math.floor(sound.length / SPEECH_FRAME_SAMPLES))
    for (let frame = 0; frame < probabilities.length; frame++) {
      const fresh = sound.subarray(frame * SPEECH_FRAME_SAMPLES, (frame + 1) * SPEECH_FRAME_SAMPLES)
      const input = join(context, fresh)
      const output = await this.session.run({ input: new Tensor('float32', input, [1, input.length]), state: new Tensor('float32', state, STATE_SHAPE), sr: this.rate })
      probabilities[frame] = (output[this.session.outputNames[0]!]!.data as Float32Array)[0]!
      state = output[this.session.outputNames[1]!]!.data as Float32Array
      context = fresh.slice(-CONTEXT_SAMPLES)
    }
    return { probabilities, memory: { state, context, pending: sound.slice(probabilities.length * SPEECH_FRAME_SAMPLES) } }
  }
}

const beginning = () => ({ state: new Float32Array(2 * 128), context: new Float32Array(CONTEXT_SAMPLES) })

function join(first: Float32Array, second: Float32Array): Float32Array {
  const joined = new Float32Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}
