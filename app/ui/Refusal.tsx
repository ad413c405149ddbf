/** Why a change was not made, where the change was asked for. */
import { CircleAlert } from 'lucide-react'
import { Notice } from './Notice'

export function Refusal({ text }: Readonly<{ text: string | null }>) {
  if (text === null) return null
  return (
    <Notice tone="bad" role="alert" icon={<CircleAlert aria-hidden="true" />}>
      {text}
    </Notice>
  )
}
