/** Who is let into this call without an account: a form for the next guest, his link, and those invited so far. */
'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import type { InvitationItem } from '@/server/live/invitations'
import { DIALOG, OVERLAY } from '../../ui/dialog'
import { say } from '../../ui/say'
import { useOpener } from '../../ui/use-opener'
import { InvitationList } from './InvitationList'
import { InviteGuestForm } from './InviteGuestForm'
import type { Invitations } from './listening-context'
import { useListening } from './listening-context'

export default function InviteDialog({ invitations, onClose }: Readonly<{ invitations: Invitations; onClose: () => void }>) {
  const t = useTranslations('live.guests')
  const { view } = useListening()
  const [items, setItems] = useState<readonly InvitationItem[] | 'failed' | null>(null)
  const giveBack = useOpener()
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
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY} />
        <Dialog.Content onCloseAutoFocus={giveBack} className={`${DIALOG} grid w-[min(480px,calc(100vw-32px))] grid-cols-[minmax(0,1fr)] gap-4 p-5`}>
          <div className="grid gap-1">
            <div className="flex items-center justify-between gap-4">
              <Dialog.Title className="text-title">{t('title')}</Dialog.Title>
              <Dialog.Close aria-label={t('close')} className="grid size-7 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink">
                <X size={16} strokeWidth={1.75} aria-hidden="true" />
              </Dialog.Close>
            </div>
            <Dialog.Description className="text-ink-2">{t('text')}</Dialog.Description>
          </div>
          <InviteGuestForm make={invitations.make} onMade={setItems} />
          {items === null && <p role="status" className="text-ink-2">{t('loading')}</p>}
          {items === 'failed' && <p role="alert" className="text-bad">{t('not-listed')}</p>}
          {Array.isArray(items) && items.length > 0 && <InvitationList items={items as readonly InvitationItem[]} present={present} onEnd={end} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
