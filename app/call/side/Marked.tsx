/** A text with what is being searched for marked in it. */
'use client'

import { Fragment } from 'react'
import { findInText } from '../../player/search'
import { useSearchMark } from '../search-context'

export const MARK = 'rounded-sm bg-warn-tint text-ink outline outline-warn/60'

export function Marked({ text }: Readonly<{ text: string }>) {
  const { query } = useSearchMark()
  const ranges = findInText(text, query)
  if (ranges.length === 0) return text
  return (
    <>
      {ranges.map(({ from, to }, index) => (
        <Fragment key={from}>
          {text.slice(ranges[index - 1]?.to ?? 0, from)}
          <mark className={MARK}>{text.slice(from, to)}</mark>
        </Fragment>
      ))}
      {text.slice(ranges.at(-1)!.to)}
    </>
  )
}
