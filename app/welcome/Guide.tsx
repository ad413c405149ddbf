/** What to do until the first call is there, each step with what is known of it; or what to expect, for who does not record. */
import type { Viewer } from '@/server/access/viewer'
import { areDone, findFirstSteps } from '@/server/access/first-steps'
import { findOwnSample } from '@/server/samples/find-samples'
import { getRuntime } from '@/server/runtime'
import { removeSample, loadSample } from '../(shell)/welcome/actions'
import { translate } from '../i18n/translate'
import { KeepFresh } from '../ui/KeepFresh'
import { SampleSection } from './SampleSection'
import { Steps } from './Steps'

export async function Guide({ viewer }: Readonly<{ viewer: Viewer }>) {
  const { database, origin, isDeviceConnected } = getRuntime()
  const [steps, sampleId] = await Promise.all([findFirstSteps(database, viewer), findOwnSample(database, viewer)])
  const isRecording = viewer.role === 'technician' || viewer.role === 'admin'
  return (
    <div className="mx-auto grid w-full max-w-[720px] content-start gap-6 px-4 py-8">
      <p className="text-ink-2">{translate(`welcome.intro.${viewer.role}`)}</p>
      <SampleSection callId={sampleId} onLoad={loadSample} onRemove={removeSample} />
      {isRecording && <Steps steps={steps} serverUrl={origin} isConnected={steps.device !== null && isDeviceConnected(steps.device.id)} />}
      {isRecording && !areDone(steps) && <KeepFresh />}
    </div>
  )
}
