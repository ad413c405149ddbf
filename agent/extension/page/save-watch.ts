/** Saved forms: a submitted form, or a button that says that it saves. */
import type { PageAdapter } from '../adapters/adapter'
import { type Technician, wallMsOf } from './technician'

const BUTTONS = 'button, input[type="submit"], input[type="button"], [role="button"]'

/** Takes down what is being saved while the page still shows it; the answer tells it. */
export type PrepareSave = (wallMs: number) => () => void

export function watchSaves(
  target: EventTarget,
  { adapter, technician, prepareSave }: { adapter: PageAdapter; technician: Technician; prepareSave: PrepareSave },
  signal: AbortSignal,
): void {
  let submits = 0

  target.addEventListener(
    'submit',
    (event) => {
      submits += 1
      if (event.target instanceof HTMLFormElement && technician.did(event) && !isSearchOrSignIn(event.target)) prepareSave(wallMsOf(event))()
    },
    { capture: true, signal },
  )

  target.addEventListener(
    'click',
    (event) => {
      const button = event.composedPath().find((node): node is Element => node instanceof Element && node.matches(BUTTONS))
      if (!button || !technician.did(event) || !adapter.isSaveButton(button)) return
      const form = button.closest('form')
      if (form && isSearchOrSignIn(form)) return
      const before = submits
      const tellSave = prepareSave(wallMsOf(event))
      // A submit button's form is told by its submit event, which follows at once; a page that prevents it saves by itself.
      setTimeout(() => {
        if (submits === before && (!form || form.noValidate || form.matches(':valid'))) tellSave()
      })
    },
    { capture: true, signal },
  )
}

const isSearchOrSignIn = (form: HTMLFormElement): boolean => form.matches('[role="search"], search form') || form.querySelector('input[type="password"], input[type="search"]') !== null
