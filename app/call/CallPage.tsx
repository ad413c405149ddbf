/** One call: who, what was said and done, what is missing, all under one playhead. */
'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import type { CallView, TaskKind } from '@/server/timeline/view'
import { makeColumn } from '../player/column'
import { mergeCoverage } from '../player/coverage'
import { say } from '../ui/say'
import type { OnRemoveSample } from '../welcome/RemoveSample'
import { CallBar } from './CallBar'
import { CallContext, type ClipDraft, type GrantActions, mayNote, type NewNote, type PageViewer, type TrainingActions } from './call-context'
import { CallNotices } from './CallNotices'
import { ClockContext, useNewClock } from './clock'
import { endOfCall } from './end-of-call'
import { Lanes } from './lanes/Lanes'
import { usePeaks } from './lanes/use-peaks'
import { SearchContext } from './search-context'
import { ColumnCallContext } from './side/column-call'
import { type SideTab, SidePanel } from './side/SidePanel'
import { Stage } from './stage/Stage'
import { StillsContext, useLoadedStills } from './stage/use-stills'
import { useMixer } from './stage/use-mixer'
import { Transport } from './transport/Transport'
import { useCallCommands } from './use-call-commands'
import { type PageParts, useCommands } from './use-commands'
import { useKeys } from './use-keys'
import { type Reload, useLiveCall } from './use-live-call'
import { useSearch } from './use-search'
import { useSkipSilence } from './use-skip-silence'
import { useStanding } from './use-standing'
import { type LoadWords, useWords } from './use-words'

const KeysDialog = lazy(() => import('./KeysDialog'))
const AddClipDialog = lazy(() => import('./AddClipDialog'))

type CallPageProps = Readonly<{
  /** A CallView without words: React would look at each value of it by itself, on both sides. */
  callJson: string
  startAtMs: number
  viewer: PageViewer
  /** Server actions; each checks the viewer's rights again, and gives `null` when there is no such right. */
  loadWords: LoadWords
  reload: Reload
  retry: (kind: TaskKind) => Promise<CallView | null>
  addNote: (note: NewNote) => Promise<CallView['moments'] | null>
  deleteNote: (noteId: string) => Promise<CallView['moments'] | null>
  removeSample: OnRemoveSample
  grants: GrantActions
  training: TrainingActions
}>

export function CallPage({ callJson, startAtMs, viewer, loadWords, reload, retry, addNote, deleteNote, removeSample, grants, training }: CallPageProps) {
  const t = useTranslations('call')
  const initialCall = useMemo(() => JSON.parse(callJson) as CallView, [callJson])
  const { call, setCall, isLost } = useLiveCall(initialCall, reload)
  useWords(loadWords, setCall)
  const { standing, check: checkStanding } = useStanding(initialCall.id)
  const clock = useNewClock(call, endOfCall(call), startAtMs)
  const [media, setMedia] = useState<HTMLVideoElement | null>(null)
  const [zoom, setZoom] = useState(0)
  const [tab, setTab] = useState<SideTab>('transcript')
  const [draftAtMs, setDraftAtMs] = useState<number | null>(null)
  const [dialog, setDialog] = useState<'keys' | ClipDraft | null>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const mixer = useMixer(media)
  const peaks = usePeaks(call.peaksUrl)
  const stills = useLoadedStills(call.stillsUrl)
  const skipSilence = useSkipSilence(clock, call, peaks)
  const coverage = useMemo(() => mergeCoverage(call.completeness), [call.completeness])
  const column = useMemo(() => makeColumn(call, coverage), [call, coverage])
  const search = useSearch(clock, column)

  const context = useMemo(() => {
    /** What was done shows at once; what was not is asked about. */
    const settle = <Answer,>(answer: Answer | null, show: (answer: Answer) => void): boolean => {
      if (answer === null) void checkStanding()
      else show(answer)
      return answer !== null
    }
    const showMoments = (moments: CallView['moments']): void => setCall((before) => ({ ...before, moments }))
    return {
      ...{ call, viewer, standing, checkStanding, removeSample, ...grants, ...training },
      train: (draft: ClipDraft) => setDialog(draft),
      retryTask: async (kind: TaskKind) => {
        if (!settle(await retry(kind).catch(() => null), setCall)) say(t('task.retry-failed'))
      },
      addNote: async (note: NewNote) => settle(await addNote(note).catch(() => null), showMoments),
      deleteNote: async (noteId: string) => settle(await deleteNote(noteId).catch(() => null), showMoments),
    }
  }, [call, viewer, standing, checkStanding, setCall, retry, addNote, deleteNote, removeSample, grants, training, t])

  const isClosed = mayNote(call)
  const parts = useMemo<PageParts>(
    () => ({
      note: () => {
        if (!isClosed) return say(t('notes.when-closed'))
        setTab('notes')
        setDraftAtMs(clock.atMs)
      },
      search: () => {
        setTab('transcript')
        // The field comes with its tab.
        requestAnimationFrame(() => searchField.current?.select())
      },
      keys: () => setDialog('keys'),
    }),
    [clock, isClosed, t],
  )
  const run = useCommands(clock, column, parts)
  useKeys(run)
  const train = useCallback(() => (isClosed ? setDialog({ startMs: clock.atMs, endMs: clock.atMs }) : say(t('train.when-closed'))), [clock, isClosed, t])
  useCallCommands(clock, column, run, viewer.mayTrain ? train : null)
  const closeDialog = useCallback(() => setDialog(null), [])
  const hit = search.current === null ? undefined : search.hits[search.current]
  const mark = useMemo(() => ({ query: search.query, itemId: hit?.itemId ?? null }), [search.query, hit])

  return (
    <CallContext value={context}>
      <ClockContext value={clock}>
        <SearchContext value={mark}>
          <ColumnCallContext value={call}>
            <StillsContext value={stills}>
              <div className="flex flex-1 flex-col wide:grid wide:h-dvh wide:flex-none wide:grid-cols-[minmax(0,1fr)_minmax(400px,32.5%)] wide:grid-rows-[auto_minmax(0,1fr)_auto_auto]">
                <div className="wide:col-span-2">
                  <CallBar coverage={coverage} />
                  <CallNotices isLost={isLost && standing === 'fine'} />
                </div>
                <Stage coverage={coverage} onMedia={setMedia} />
                <SidePanel column={column} tab={tab} onTab={setTab} search={search} searchField={searchField} draftAtMs={draftAtMs} onDraft={setDraftAtMs} />
                <Transport mixer={mixer} skipSilence={skipSilence} zoom={zoom} onZoom={setZoom} onKeys={parts.keys} />
                <Lanes coverage={coverage} peaks={peaks} zoom={zoom} onZoom={setZoom} />
              </div>
              <Suspense>
                {dialog === 'keys' && <KeysDialog onClose={closeDialog} />}
                {dialog !== null && dialog !== 'keys' && <AddClipDialog draft={dialog} onClose={closeDialog} />}
              </Suspense>
            </StillsContext>
          </ColumnCallContext>
        </SearchContext>
      </ClockContext>
    </CallContext>
  )
}
