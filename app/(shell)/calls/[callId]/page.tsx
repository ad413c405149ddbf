/** A call's page. Looking is audited; what one may not see does not exist. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { mayGiveCall } from '@/server/access/call-grants'
import { preload } from 'react-dom'
import { getRuntime } from '@/server/runtime'
import { mayRemoveSample } from '@/server/samples/samples'
import { mayDeleteAnyNote } from '@/server/timeline/moments'
import { mayTrain } from '@/server/training/rights'
import { CallPage } from '@/app/call/CallPage'
import { parseMoment } from '@/app/call/moment'
import { findCaller } from '@/app/shell/caller'
import { requireViewer } from '@/app/shell/require-viewer'
import { addCallNote, deleteCallNote, loadCallWords, reloadCall, retryCallTask } from './actions'
import { removeSample } from '../../welcome/actions'
import { findCallView } from './find-call-view'
import { listCallReviewers, setCallGiven } from './grant-actions'
import { addToTraining, loadTrainingChoices } from './training-actions'

type CallRouteProps = Readonly<{ params: Promise<{ callId: string }>; searchParams: Promise<{ t?: string | string[] }> }>

export async function generateMetadata({ params }: CallRouteProps): Promise<Metadata> {
  const call = await findCallView((await params).callId, 'text')
  return { title: call?.customer.name ?? call?.customer.phone }
}

export default async function CallRoute({ params, searchParams }: CallRouteProps) {
  const [{ callId }, { t }] = [await params, await searchParams]
  const momentMs = parseMoment(t)
  const viewer = await requireViewer(`/calls/${callId}${momentMs > 0 ? `?t=${momentMs}` : ''}`)
  const call = (await findCallView(callId, 'text')) ?? notFound()
  const mayGive = await mayGiveCall(getRuntime().database, viewer, call.id)
  await getRuntime().acts.record({ verb: 'looked', viewer, callId: call.id, address: await findCaller() })
  // On its way before the page's script asks for it.
  if (call.peaksUrl) preload(call.peaksUrl, { as: 'fetch', crossOrigin: 'anonymous' })
  // Of a call that runs people want to see what happens now.
  const startAtMs = t === undefined && call.state !== 'closed' ? Infinity : momentMs
  const server = {
    loadWords: loadCallWords.bind(null, call.id),
    reload: reloadCall.bind(null, call.id),
    retry: retryCallTask.bind(null, call.id),
    addNote: addCallNote.bind(null, call.id),
    deleteNote: deleteCallNote.bind(null, call.id),
    grants: { listReviewers: listCallReviewers.bind(null, call.id), setGiven: setCallGiven.bind(null, call.id) },
    training: { loadTrainingChoices, addToTraining: addToTraining.bind(null, call.id) },
    removeSample,
  }
  return <CallPage key={call.id} callJson={JSON.stringify(call)} startAtMs={startAtMs} viewer={{ id: viewer.id, mayDeleteAnyNote: mayDeleteAnyNote(viewer), mayRemoveSample: mayRemoveSample(viewer, { userId: call.technician.id }), mayGive, mayTrain: mayTrain(viewer) }} {...server} />
}
