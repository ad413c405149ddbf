import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Microphone, Talk } from '@/app/live-client/talk/talk'

class FakeEncoder {
  static made: FakeEncoder[] = []
  state: CodecState = 'unconfigured'
  constructor(private readonly init: { output: (chunk: { byteLength: number; copyTo: () => void }) => void }) {
    FakeEncoder.made.push(this)
  }
  configure(): void {
    this.state = 'configured'
  }
  encode(): void {
    this.init.output({ byteLength: 1, copyTo: () => undefined })
  }
  flush = (): Promise<void> => Promise.resolve()
  close(): void {
    this.state = 'closed'
  }
}

type FakeMicrophone = { microphone: Microphone; isOpen: boolean; speak: () => void }

function makeMicrophone(): FakeMicrophone {
  const fake = { isOpen: true } as FakeMicrophone
  const port: { onmessage: ((event: { data: Float32Array }) => void) | null } = { onmessage: null }
  fake.speak = () => port.onmessage?.({ data: new Float32Array(960) })
  fake.microphone = {
    stream: { getTracks: () => [{ stop: () => (fake.isOpen = false) }] },
    context: { close: () => Promise.resolve() },
    node: { port },
  } as unknown as Microphone
  return fake
}

/** The browser asks until `allow` or `deny` is called. */
function makeTalk() {
  const asked: { resolve: (microphone: Microphone) => void; reject: (error: Error) => void }[] = []
  const opened: FakeMicrophone[] = []
  const packets: number[] = []
  const talk = new Talk((number) => packets.push(number), () => new Promise<Microphone>((resolve, reject) => asked.push({ resolve, reject })))
  const allow = async (): Promise<FakeMicrophone> => {
    const fake = makeMicrophone()
    opened.push(fake)
    asked.at(-1)!.resolve(fake.microphone)
    await settle()
    return fake
  }
  const deny = async (): Promise<void> => {
    asked.at(-1)!.reject(new Error('denied'))
    await settle()
  }
  return { talk, asked, packets, allow, deny }
}

const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined)

beforeEach(() => {
  vi.useFakeTimers()
  FakeEncoder.made = []
  vi.stubGlobal('AudioEncoder', FakeEncoder)
  vi.stubGlobal('AudioData', class { close(): void { /* holds nothing */ } })
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('navigator', { mediaDevices: {} })
  vi.spyOn(console, 'warn').mockReturnValue()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

it('opens one microphone for all presses while the browser asks, and sends nothing after the last is let go', async () => {
  const { talk, asked, packets, allow } = makeTalk()
  void talk.press()
  talk.release()
  void talk.press()
  expect(asked).toHaveLength(1)
  const microphone = await allow()
  expect(talk.state.get()).toBe('talking')
  expect(FakeEncoder.made).toHaveLength(1)
  microphone.speak()
  microphone.speak()
  expect(packets).toEqual([0, 1])
  talk.release()
  microphone.speak()
  expect(packets).toEqual([0, 1])
  expect(talk.state.get()).toBe('idle')
})

it('does not begin when the button was let go while the browser asked', async () => {
  const { talk, packets, allow } = makeTalk()
  void talk.press()
  talk.release()
  const microphone = await allow()
  microphone.speak()
  expect(packets).toEqual([])
  expect(talk.state.get()).toBe('idle')
})

it('lets the microphone go some seconds after the last press, and asks anew then', async () => {
  const { talk, asked, allow } = makeTalk()
  void talk.press()
  const microphone = await allow()
  talk.release()
  await vi.advanceTimersByTimeAsync(10_000)
  void talk.press()
  await settle()
  talk.release()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(microphone.isOpen).toBe(true)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(microphone.isOpen).toBe(false)
  void talk.press()
  expect(asked).toHaveLength(2)
})

it('closes a microphone that is opened only after all is over', async () => {
  const { talk, packets, allow } = makeTalk()
  void talk.press()
  talk.dispose()
  const microphone = await allow()
  microphone.speak()
  expect(microphone.isOpen).toBe(false)
  expect(packets).toEqual([])
})

it('says that it was refused, and asks again at the next press', async () => {
  const { talk, asked, allow, deny } = makeTalk()
  void talk.press()
  talk.release()
  void talk.press()
  await deny()
  expect(talk.state.get()).toBe('refused')
  void talk.press()
  expect(asked).toHaveLength(2)
  await allow()
  expect(talk.state.get()).toBe('talking')
})
