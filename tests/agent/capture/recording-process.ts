/** Records everything until it is killed: the parent that tests kill. Says `recording` when every capture delivers. */
import { makeLinuxDriver } from '@/agent/capture/linux/driver'

const driver = makeLinuxDriver({ log: console.error })
const delivering = new Set<string>()
const listenerOf = (what: string) => ({
  onItem() {
    delivering.add(what)
    if (delivering.size === 3) console.log('recording')
  },
  onFault: () => undefined,
})
const ignore = (): void => undefined

await driver.watchSoftphones({
  onBegan: (call) => void driver.openAudio('customer', { kind: 'program', streamIndex: call.playbackStream }, listenerOf('customer')),
  onHold: ignore,
  onEnded: ignore,
})
await driver.watchWindowTitles(ignore)
driver.openAudio('technician', { kind: 'microphone', device: null }, listenerOf('technician'))
await driver.openScreen(listenerOf('screen'))
