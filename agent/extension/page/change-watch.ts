/**
 * Field changes: the value before the technician touched a control against the value when it was left.
 *
 * A control is `known` (its value before any touch is remembered when it is focused or pointed at), `touched` (it has had
 * input since), and known again once the change is told. A change is stamped with the last input that made the value what it
 * is, not with the moment at which the control was left.
 */
import type { FieldChange } from '@/protocol/entries'
import type { PageAdapter } from '../adapters/adapter'
import { type Control, defaultValue, findControl, isInstant, readValue } from './controls'
import type { SecretControls } from './secrets'
import { type Technician, wallMsOf } from './technician'

export type ChangeListener = (change: FieldChange, wallMs: number) => void

export class ChangeWatch {
  private readonly before = new WeakMap<Control, string>()
  /** Wall clock of the last input of each control that was touched. */
  private readonly touched = new Map<Control, number>()

  constructor(
    target: EventTarget,
    private readonly deps: { adapter: PageAdapter; secrets: SecretControls; technician: Technician; onChange: ChangeListener },
    signal: AbortSignal,
  ) {
    const on = (kind: string, listener: (control: Control, event: Event) => void): void =>
      target.addEventListener(
        kind,
        (event) => {
          const control = findControl(event)
          if (control) listener(control, event)
        },
        { capture: true, signal },
      )
    on('pointerdown', (control) => this.remember(control))
    on('focusin', (control) => this.remember(control))
    on('input', (control, event) => this.touch(control, event))
    on('change', (control, event) => {
      if (!this.touched.has(control)) this.touch(control, event)
      this.tell(control)
    })
    on('focusout', (control) => this.tell(control))
  }

  /** Tells what was typed and not left yet: before a save, or when the page goes away. */
  flush(): void {
    for (const control of [...this.touched.keys()]) this.tell(control)
  }

  private remember(control: Control): void {
    if (!this.touched.has(control) && !this.deps.secrets.has(control)) this.before.set(control, readValue(control))
  }

  private touch(control: Control, event: Event): void {
    if (!this.deps.technician.did(event)) return
    this.touched.set(control, wallMsOf(event))
    if (isInstant(control)) this.tell(control)
  }

  private tell(control: Control): void {
    const wallMs = this.touched.get(control)
    if (wallMs === undefined) return
    this.touched.delete(control)
    if (this.deps.secrets.has(control)) return
    const from = this.before.get(control) ?? defaultValue(control)
    const to = readValue(control)
    this.before.set(control, to)
    if (from !== to) this.deps.onChange({ ...this.deps.adapter.nameField(control), from, to }, wallMs)
  }
}
