/** A call to look at before there is one: loaded with a press, removed with another. */
'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button, buttonLook } from '../ui/Button'
import { say } from '../ui/say'
import { type OnRemoveSample, RemoveSample } from './RemoveSample'

type SampleSectionProps = Readonly<{ callId: string | null; onLoad: () => Promise<string | null>; onRemove: OnRemoveSample }>

export function SampleSection({ callId, onLoad, onRemove }: SampleSectionProps) {
  const t = useTranslations('sample')
  const router = useRouter()
  const [isWaiting, start] = useTransition()
  const load = (): void =>
    start(async () => {
      const loaded = await onLoad().catch(() => null)
      if (loaded === null) return say(t('not-loaded'))
      router.push(`/calls/${loaded}`)
    })
  return (
    <section aria-labelledby="sample" className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-line-2 bg-surface px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <h2 id="sample" className="font-semibold">
          {t('title')}
        </h2>
        <p className="text-ink-2">{t(callId ? 'loaded' : 'text')}</p>
      </div>
      {callId ? (
        <div className="flex flex-wrap gap-2">
          <Link href={`/calls/${callId}`} prefetch={false} className={buttonLook('plain')}>
            {t('open')}
          </Link>
          <RemoveSample callId={callId} onRemove={onRemove} />
        </div>
      ) : (
        <Button disabled={isWaiting} onClick={load}>
          {t(isWaiting ? 'loading' : 'load')}
        </Button>
      )}
    </section>
  )
}
