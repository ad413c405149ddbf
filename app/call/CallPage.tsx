/** One call: who, what was said and done, what is missing, all under one playhead. */
'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useMemo, useState } from 'react'
import type { CallView, TaskKind } from '@/server/timeline/view'
import { makeColumn } from '../player/column'
import { mergeCoverage } from '../player/coverage'
import { say } from '../ui/say'
import { CallBar } from './CallBar'
import { CallContext, endOfCall } from './call-context'
import { CallNotices } from './CallNotices'
import { ClockContext, useNewClock } from './clock'
import { Lanes } from './lanes/Lanes'
import { SidePanel } from './side/SidePanel'
import { Stage } from './stage/Stage'
import { useMixer } from './stage/use-mixer'
import { Transport } from './transport/Transport'
import { useKeys } from './use-keys'
import { useLiveCall } from './use-live-call'

type CallPageProps = Readonly<{
  initialCall: CallView
  startAtMs: number
  /** Server actions; each checks the viewer's rights again. */
  reload: () => Promise<CallView | null>
  retry: (kind: TaskKind) => Promise<CallView | null>
}>

export function CallPage({ initialCall, startAtMs, reload, retry }: CallPageProps) {
  const t = useTranslations('call')
  const { call, setCall, isLost } = useLiveCall(initialCall, reload)
  const clock = useNewClock(endOfCall(call), startAtMs)
  const [media, setMedia] = useState<HTMLVideoElement | null>(null)
  const [zoom, setZoom] = useState(0)
  const mixer = useMixer(media)
  const coverage = useMemo(() => mergeCoverage(call.completeness), [call.completeness])
  const column = useMemo(() => makeColumn(call, coverage), [call, coverage])

  const retryTask = useCallback(
    async (kind: TaskKind) => {
      const answer = await retry(kind).catch(() => null)
      if (answer) setCall(answer)
      else say(t('task.retry-failed'))
    },
    [retry, setCall, t],
  )
  const context = useMemo(() => ({ call, retryTask }), [call, retryTask])
  useKeys(clock, column)

  return (
    <CallContext value={context}>
      <ClockContext value={clock}>
        <div className="flex flex-1 flex-col wide:grid wide:h-dvh wide:flex-none wide:grid-cols-[minmax(0,1fr)_minmax(400px,32.5%)] wide:grid-rows-[auto_minmax(0,1fr)_auto_auto]">
          <div className="wide:col-span-2">
            <CallBar coverage={coverage} />
            <CallNotices isLost={isLost} />
          </div>
          <Stage coverage={coverage} onMedia={setMedia} />
          <SidePanel column={column} />
          <Transport mixer={mixer} zoom={zoom} onZoom={setZoom} />
          <Lanes coverage={coverage} zoom={zoom} onZoom={setZoom} />
        </div>
      </ClockContext>
    </CallContext>
  )
}
