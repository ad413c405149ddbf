/** Who is let into this call without an account: a form for the next guest, his link, and those invited so far. */
'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { InvitationItem } from '@/server/live/invitations'
import { say } from '../../ui/say'
import { TitledDialog } from '../../ui/TitledDialog'
import { InvitationList } from './InvitationList'
import { InviteGuestForm } from './InviteGuestForm'
import type { Invitations } from './listening-context'
import { useListening } from './listening-context'

export default function InviteDialog({ invitations, onClose }: Readonly<{ invitations: Invitations; onClose: () => void }>) {
  const t = useTranslations('live.guests')
  const { view } = useListening()
  const [items, setItems] = useState<readonly InvitationItem[] | 'failed' | null>(null)
  const present = view.present.filter(({ invited }) => invited).map(({ person }) => person.id)
  const presentIds = present.join()
  // Whoever comes has confirmed his invitation.
  useEffect(() => {
    let isGone = false
    const show = (answer: readonly InvitationItem[] | null): void => {
      if (!isGone) setItems((before) => answer ?? before ?? 'failed')
    }
    invitations.list().then(show, () => show(null))
    return () => {
      isGone = true
    }
  }, [invitations, presentIds])

  const end = async ({ id, name }: InvitationItem): Promise<void> => {
    const answer = await invitations.end(id).catch(() => null)
    if (answer) setItems(answer)
    say(answer ? t('was-ended', { name }) : t('failed'))
  }
  return (
    <TitledDialog title={t('title')} text={t('text')} className="w-[min(480px,calc(100vw-32px))]" onClose={onClose}>
      <InviteGuestForm make={invitations.make} onMade={setItems} />
      {items === null && <p role="status" className="text-ink-2">{t('loading')}</p>}
      {items === 'failed' && <p role="alert" className="text-bad">{t('not-listed')}</p>}
      {Array.isArray(items) && items.length > 0 && <InvitationList items={items as readonly InvitationItem[]} present={present} onEnd={end} />}
    </TitledDialog>
  )
}
