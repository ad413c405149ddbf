/** What an extension has in its global scope beyond a page. */
/// <reference types="chrome" />

interface Window {
  /** Navigation API (html.spec.whatwg.org/multipage/nav-history-apis.html), which TypeScript 5.9 does not know; only its events are used. */
  readonly navigation?: EventTarget
}
