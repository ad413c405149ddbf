/** A button for what cannot be undone: it says what will happen and asks once. */
'use client'

import { AlertDialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button, buttonLook } from './Button'

type ConfirmButtonProps = Readonly<{ label: string; title: string; children: ReactNode; confirm: string; cancel: string; onConfirm: () => void; disabled?: boolean }>

export function ConfirmButton({ label, title, children, confirm, cancel, onConfirm, disabled }: ConfirmButtonProps) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger asChild>
        <Button disabled={disabled}>{label}</Button>
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.4)]" />
        <AlertDialog.Content className="fixed top-1/2 left-1/2 z-50 grid w-[min(420px,calc(100vw-32px))] -translate-x-1/2 -translate-y-1/2 gap-3 rounded-lg border border-line-2 bg-surface p-5">
          <AlertDialog.Title className="text-title">{title}</AlertDialog.Title>
          <AlertDialog.Description className="text-body text-ink-2">{children}</AlertDialog.Description>
          <div className="mt-2 flex justify-end gap-2">
            <AlertDialog.Cancel className={buttonLook('plain')}>{cancel}</AlertDialog.Cancel>
            <AlertDialog.Action className={buttonLook('danger')} onClick={onConfirm}>
              {confirm}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
