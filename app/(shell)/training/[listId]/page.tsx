/** A training list with one of its clips open. Opening a clip is a look at its call; what one may not see does not exist. */
import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import type { Viewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import { clipIdSchema } from '@/server/training/clips'
import { findClip, type FoundClip } from '@/server/training/find-clip'
import type { ListView } from '@/server/training/view'
import { translate } from '@/app/i18n/translate'
import { findCaller } from '@/app/shell/caller'
import { requireViewer } from '@/app/shell/require-viewer'
import { ListPage } from '@/app/training/ListPage'
import { commentClip, cutTrainingClipAgain, deleteClipComment, tickClip } from '../actions'
import { findListView } from './find-list-view'

export const metadata: Metadata = { title: translate('training.title') }

type ListRouteProps = Readonly<{ params: Promise<{ listId: string }>; searchParams: Promise<{ clip?: string | string[] }> }>

export default async function ListRoute({ params, searchParams }: ListRouteProps) {
  const [{ listId }, { clip: asked }] = [await params, await searchParams]
  const viewer = await requireViewer(`/training/${listId}`)
  const list = (await findListView(listId)) ?? notFound()
  const next = list.clips.find(({ isTicked }) => !isTicked) ?? list.clips[0]
  // The address names the clip: a tick must not lead to the next one by itself.
  if (asked === undefined && next) redirect(`/training/${list.id}?clip=${next.id}`)
  const clip = asked === undefined ? null : ((await findClipOf(list, viewer, asked)) ?? notFound())
  if (clip) await getRuntime().acts.recordOngoing({ verb: 'looked', viewer, callId: clip.callId, address: await findCaller(), detail: { clip: clip.view.title, clipId: clip.view.id } })
  return <ListPage list={list} clip={clip && clip.view} onTick={tickClip} onCutAgain={cutTrainingClipAgain} onComment={commentClip} onDeleteComment={deleteClipComment} />
}

async function findClipOf({ clips }: ListView, viewer: Viewer, asked: unknown): Promise<FoundClip | null> {
  const id = clipIdSchema.safeParse(asked)
  return id.success && clips.some((clip) => clip.id === id.data) ? findClip(getRuntime(), viewer, id.data) : null
}
