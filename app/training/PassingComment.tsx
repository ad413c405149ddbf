/** What somebody said of the instant that is being played, over the screen for as long as one reads it. */
'use client'

import type { ClipCommentView } from '@/server/training/view'
import { useAtClock } from '../call/clock'
import { findItemAt } from '../player/column'

const SHOWN_FOR_MS = 6_000

export function PassingComment({ comments }: Readonly<{ comments: readonly ClipCommentView[] }>) {
  const index = useAtClock((atMs) => {
    const last = findItemAt(comments, atMs)
    return last >= 0 && atMs - comments[last]!.atMs < SHOWN_FOR_MS ? last : -1
  })
  const comment = comments[index]
  return (
    <div role="status" className="pointer-events-none absolute inset-x-3 bottom-3 flex justify-start">
      {comment && (
        <p dir="auto" className="max-w-[min(560px,100%)] rounded-md bg-ink px-3 py-2 text-body break-words text-paper">
          <bdi className="font-semibold">{comment.by}</bdi> {comment.text}
        </p>
      )}
    </div>
  )
}
