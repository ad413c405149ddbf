/**
 * Plays decoded sound as it comes. States: waiting (holds less than its margin and one packet), playing. It starts with a
 * margin of 20 ms, adds 10 ms whenever it runs dry, gives them back after half a minute without, and once a second drops
 * what it never needed in that second, so that a burst does not become a lasting delay. The pitch is never touched.
 *
 * In: `{ atMs, samples }`; `{ isLive }`, before which all that is held is dropped; what is played back is not trimmed.
 * Out, ten times a second: what is being played, and how it fares. Served as it stands, so it imports nothing.
 */
/* global AudioWorkletProcessor, registerProcessor, currentTime, sampleRate */
const PACKET = 960
const FIRST_MARGIN = 960
const MARGIN_STEP = 480
const MAX_MARGIN = 9_600
const TRIM_SLACK = 240
const SAMPLES_PER_MS = 48
const CALM_SECONDS = 30
const QUANTUM = 128

class JitterBuffer extends AudioWorkletProcessor {
  constructor() {
    super()
    this.margin = FIRST_MARGIN
    this.isLive = true
    this.underruns = 0
    this.trimmedSamples = 0
    this.calmSamples = 0
    this.empty()
    this.port.onmessage = ({ data }) => this.receive(data)
  }

  receive(message) {
    if ('isLive' in message) {
      this.isLive = message.isLive
      this.empty()
      return
    }
    this.blocks.push(message)
    this.held += message.samples.length
  }

  empty() {
    this.blocks = []
    this.offset = 0
    this.held = 0
    this.isPlaying = false
    this.peak = 0
    this.untilReport = sampleRate / 10
    this.startSecond()
  }

  startSecond() {
    this.leastHeld = Infinity
    this.untilTrim = sampleRate
  }

  process(_inputs, outputs) {
    const output = outputs[0][0]
    if (!this.isPlaying && this.held >= this.margin + PACKET) {
      this.isPlaying = true
      this.startSecond()
      // It may have begun in the middle of a burst.
      this.untilTrim = sampleRate / 4
    }
    const playsAtMs = this.isPlaying ? this.positionMs() : null
    if (this.isPlaying) this.play(output)
    this.untilReport -= QUANTUM
    if (this.untilReport <= 0) this.report(playsAtMs)
    return true
  }

  positionMs() {
    const block = this.blocks[0]
    return block ? block.atMs + this.offset / SAMPLES_PER_MS : null
  }

  play(output) {
    let filled = 0
    while (filled < output.length && this.blocks.length > 0) {
      const { samples } = this.blocks[0]
      const count = Math.min(output.length - filled, samples.length - this.offset)
      output.set(samples.subarray(this.offset, this.offset + count), filled)
      filled += count
      this.take(count)
    }
    for (let index = 0; index < filled; index++) this.peak = Math.max(this.peak, Math.abs(output[index]))
    if (filled < output.length) this.runDry()
    else this.keepTrim()
  }

  take(count) {
    this.offset += count
    this.held -= count
    if (this.offset < this.blocks[0].samples.length) return
    this.blocks.shift()
    this.offset = 0
  }

  runDry() {
    this.isPlaying = false
    this.underruns++
    this.calmSamples = 0
    this.margin = Math.min(this.margin + MARGIN_STEP, MAX_MARGIN)
  }

  keepTrim() {
    this.leastHeld = Math.min(this.leastHeld, this.held)
    this.calmSamples += QUANTUM
    this.untilTrim -= QUANTUM
    if (this.untilTrim > 0) return
    if (this.calmSamples >= CALM_SECONDS * sampleRate) {
      this.margin = Math.max(FIRST_MARGIN, this.margin - MARGIN_STEP)
      this.calmSamples = 0
    }
    if (this.isLive && this.leastHeld > this.margin + TRIM_SLACK) this.skip(this.leastHeld - this.margin)
    this.startSecond()
  }

  skip(count) {
    this.trimmedSamples += count
    for (let left = count; left > 0 && this.blocks.length > 0; ) {
      const taken = Math.min(left, this.blocks[0].samples.length - this.offset)
      this.take(taken)
      left -= taken
    }
  }

  report(atMs) {
    const { underruns, peak } = this
    this.port.postMessage({ atMs, atContextS: currentTime, heldMs: this.held / SAMPLES_PER_MS, marginMs: this.margin / SAMPLES_PER_MS, trimmedMs: this.trimmedSamples / SAMPLES_PER_MS, underruns, peak })
    this.peak = 0
    this.untilReport = sampleRate / 10
  }
}

registerProcessor('jitter-buffer', JitterBuffer)
