/** The part of the browser's extension API that this extension uses (developer.chrome.com/docs/extensions/reference/api). */
declare namespace chrome {
  interface Sender {
    origin?: string
    tab?: { id?: number }
  }
  interface EventOf<Listener> {
    addListener(listener: Listener): void
  }
  interface ContentScript {
    id: string
    js?: string[]
    matches?: string[]
    allFrames?: boolean
    runAt?: 'document_start' | 'document_end' | 'document_idle'
  }
  interface StorageArea {
    get(key: string): Promise<Record<string, unknown>>
    set(items: Record<string, unknown>): Promise<void>
  }
  namespace runtime {
    /** Absent in a page whose extension has been reloaded. */
    const id: string | undefined
    const onInstalled: EventOf<() => void>
    const onStartup: EventOf<() => void>
    /** A listener that answers later returns true. */
    const onMessage: EventOf<(message: unknown, sender: Sender, reply: (answer: unknown) => void) => boolean | undefined>
    function sendMessage(message: unknown): Promise<unknown>
  }
  namespace storage {
    const local: StorageArea
    const session: StorageArea
    const onChanged: EventOf<(changes: Record<string, unknown>, area: string) => void>
  }
  namespace alarms {
    const onAlarm: EventOf<() => void>
    function create(name: string, info: { periodInMinutes: number }): Promise<void>
  }
  namespace permissions {
    const onAdded: EventOf<() => void>
    const onRemoved: EventOf<() => void>
    function contains(wanted: { origins: string[] }): Promise<boolean>
    function request(wanted: { origins: string[] }): Promise<boolean>
  }
  namespace scripting {
    function getRegisteredContentScripts(): Promise<ContentScript[]>
    function registerContentScripts(scripts: ContentScript[]): Promise<void>
    function unregisterContentScripts(): Promise<void>
    function executeScript(injection: { target: { tabId: number; allFrames: boolean }; files: string[] }): Promise<unknown>
  }
  namespace tabs {
    function query(filter: { url?: string[]; active?: boolean }): Promise<{ id?: number }[]>
    function sendMessage(tabId: number, message: unknown): Promise<unknown>
  }
  namespace action {
    function setBadgeText(badge: { text: string }): Promise<void>
    function setTitle(title: { title: string }): Promise<void>
  }
}

interface Window {
  /** Navigation API (html.spec.whatwg.org/multipage/nav-history-apis.html): only its events are used. */
  readonly navigation?: EventTarget
}
