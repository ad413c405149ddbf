/** A page could not be made: what happened, that nothing was lost, and a way to try again. */
'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from './ui/Button'
import { Explanation } from './ui/Explanation'

type ErrorPageProps = Readonly<{ error: Error & { digest?: string }; retry: () => void }>

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useTranslations('error')
  return (
    <Explanation
      level={1}
      icon={<CircleAlert aria-hidden="true" />}
      title={t('title')}
      action={
        <Button kind="primary" onClick={retry}>
          {t('again')}
        </Button>
      }
    >
      <p>{t('text')}</p>
      {error.digest && <p className="font-mono text-meta">{t('number', { number: error.digest })}</p>}
    </Explanation>
  )
}
