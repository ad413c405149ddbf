/** The script that runs in every frame of an allowed page: wires the watches to the outbox. */
import type { ActionVerb, FieldChange } from '@/protocol/entries'
import { chooseAdapter } from '../adapters/choose-adapter'
import type { WorkerMessage } from '../messages'
import { ChangeWatch } from './change-watch'
import { Outbox } from './outbox'
import { type PlaceObject, PlaceWatch } from './place-watch'
import { watchSaves } from './save-watch'
import { SecretControls, watchUnmaskedPasswords } from './secrets'
import { Technician } from './technician'
import { UnsavedChanges } from './unsaved-changes'

declare global {
  /** The worker injects into pages that were open before it; a page is watched once. */
  var isWatchedByCallwitness: boolean | undefined
}

if (!globalThis.isWatchedByCallwitness) {
  globalThis.isWatchedByCallwitness = true
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', watchPage, { once: true })
  else watchPage()
}

function watchPage(): void {
  const life = new AbortController()
  const { signal } = life
  const adapter = chooseAdapter(document)
  const outbox = new Outbox()
  const secrets = new SecretControls()
  const technician = new Technician(window, signal)
  const unsaved = new UnsavedChanges()

  const tell = (verb: ActionVerb, object: PlaceObject, wallMs: number, changes: FieldChange[] = []): void =>
    outbox.send({ source: adapter.source(document), verb, object, changes }, wallMs)

  const places = new PlaceWatch(document, { adapter, isTopFrame: window === window.top, onPlace: tell }, signal)
  const changes = new ChangeWatch(window, { adapter, secrets, technician, onChange: tellChange }, signal)

  function tellChange(change: FieldChange, wallMs: number): void {
    places.flush()
    const object = places.object()
    unsaved.add(object, change)
    tell('changed', object, wallMs, [change])
  }

  watchUnmaskedPasswords(document, secrets, signal)
  watchSaves(
    window,
    {
      adapter,
      technician,
      prepareSave(wallMs) {
        changes.flush()
        places.flush()
        const object = places.object()
        return () => tell('saved', object, wallMs, unsaved.take(object))
      },
    },
    signal,
  )

  document.addEventListener('visibilitychange', () => (document.hidden ? changes.flush() : places.announce()), { signal })
  window.addEventListener('pagehide', () => {
    places.flush()
    changes.flush()
    outbox.sendLast()
  }, { signal })
  chrome.runtime.onMessage.addListener((message) => {
    // Only our own worker can send to this script, and it has one message.
    if ((message as WorkerMessage).kind === 'announce') places.announce()
    return undefined
  })
}
