/** A process that ingests a call without end and prints what it has acknowledged, to be killed. Argument: data folder. */
import { writeSync } from 'node:fs'
import { openTestIngest } from './ingest-harness'
import { makeTestDevice, SampleCall } from './sample-call'

const { ingest } = await openTestIngest(process.argv[2]!)

async function sendForEver(): Promise<never> {
  const device = makeTestDevice()
  const call = new SampleCall(device)
  for (let sent = 0; ; sent = call.entries.length) {
    const { head } = await ingest.append(device, call.second().seal().batch(sent))
    // Synchronous, so that nothing is acknowledged that the parent does not see.
    writeSync(1, `${JSON.stringify({ ...head, device: { ...device, privateKey: undefined } })}\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, sendForEver))
