/** What people said of the instant that is being played, over the screen for as long as one reads it. */
'use client'

import type { ClipCommentView } from '@/server/training/view'
import { useAtClock } from '../call/clock'

const SHOWN_FOR_MS = 6_000

export function PassingComment({ comments }: Readonly<{ comments: readonly ClipCommentView[] }>) {
  const shown = useAtClock((atMs) => comments.filter((comment) => comment.atMs <= atMs && atMs < comment.atMs + SHOWN_FOR_MS).map(({ id }) => id).join(' '))
  return (
    <div role="status" className="pointer-events-none absolute inset-x-3 bottom-3 grid justify-items-start gap-1.5">
      {comments
        .filter(({ id }) => shown.includes(id))
        .map(({ id, by, text }) => (
          <p key={id} dir="auto" className="line-clamp-4 max-w-[min(560px,100%)] rounded-md bg-ink px-3 py-2 text-body break-words text-paper">
            <bdi className="block text-meta font-semibold">{by}</bdi>
            {text}
          </p>
        ))}
    </div>
  )
}
