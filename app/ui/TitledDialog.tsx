/** A dialog with its title, a word on what it is for, and a way out; the focus goes back to whoever had it before. */
'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { DIALOG, OVERLAY } from './dialog'
import { useOpener } from './use-opener'

type TitledDialogProps = Readonly<{ title: string; text?: string; /** Its width. */ className: string; onClose: () => void; children: ReactNode }>

export function TitledDialog({ title, text, className, onClose, children }: TitledDialogProps) {
  const t = useTranslations('dialog')
  const giveBack = useOpener()
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY} />
        <Dialog.Content onCloseAutoFocus={giveBack} {...(text === undefined && { 'aria-describedby': undefined })} className={`${DIALOG} grid grid-cols-[minmax(0,1fr)] gap-3 p-5 ${className}`}>
          <div className="flex items-center justify-between gap-4">
            <Dialog.Title className="text-title">{title}</Dialog.Title>
            <Dialog.Close aria-label={t('close')} className="grid size-7 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink">
              <X size={16} strokeWidth={1.75} aria-hidden="true" />
            </Dialog.Close>
          </div>
          {text !== undefined && <Dialog.Description className="text-ink-2">{text}</Dialog.Description>}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
