/**
 * Which controls are never looked at: passwords, payment cards, codes, bank and social security numbers.
 *
 * A control is secret by its type, by its autocomplete tokens, by a word in any of its names or its groups' names, by how it
 * hides or splits its text, or because the page's owner says so with `data-callwitness-secret`. When in doubt it is secret.
 */
import { groupLabelsOf, labelOf } from './labels'

const SECRET_AUTOCOMPLETE = /(^|\s)(cc-\S+|one-time-code|current-password|new-password)(\s|$)/i
const SECRET_WORDS = new RegExp(
  `\\b(?:${[
    'pass ?(?:word|wort|wd|code|phrase|key)s?|pwd|passwd|kennwort|(?:kata )?sandi|contrasena|mot de passe|senha',
    'pin|(?:my|user)?pin ?(?:code|number|no)',
    '(?:credit|debit|bank|payment)? ?cards?(?: ?(?:number|num|no|nr|holder|code|data|pan))?|kartu(?: kredit| debit)?|(?:kredit)?karten?(?:nummer)?|tarjeta|carte bancaire',
    'cc ?(?:num|number|no|nr|csc|cvc|cvv|exp)|ccn|pan',
    'cvv ?2?|cvc ?2?|cvn|csc|cid',
    'iban|sort ?code|routing ?(?:number|no)',
    'ssn|social ?security(?: ?(?:number|no))?',
    'security ?(?:code|number|answer)|secret(?: ?(?:key|answer))?|api ?key|token',
    'otp|totp|mfa|2fa|tan|one ?time(?: ?(?:code|password|pin))?|(?:verification|authentication|auth|sms|login|confirmation) ?code',
  ].join('|')})\\b`,
)
/** This many like boxes in a row, each this short, are one code or card number in parts. */
const SPLIT_BOXES = 3
const SPLIT_BOX_MAX_LENGTH = 6

export class SecretControls {
  /** A password that is shown for a moment is an input of type text then, and is still a password. */
  private readonly oncePasswords = new WeakSet<Element>()

  notePassword(control: Element): void {
    this.oncePasswords.add(control)
  }

  has(control: Element): boolean {
    const isPassword = control instanceof HTMLInputElement && control.type === 'password'
    if (isPassword) this.notePassword(control)
    return (
      isPassword ||
      this.oncePasswords.has(control) ||
      control.closest('[data-callwitness-secret]') !== null ||
      SECRET_AUTOCOMPLETE.test(control.getAttribute('autocomplete') ?? '') ||
      namesOf(control).some(isSecretName) ||
      hidesItsText(control) ||
      isSplitBox(control)
    )
  }
}

/** A password field that the page turns into readable text stays secret. */
export function watchUnmaskedPasswords(document: Document, secrets: SecretControls, signal: AbortSignal): void {
  const observer = new MutationObserver((mutations) => {
    for (const { target, oldValue } of mutations) if (oldValue === 'password' && target instanceof Element) secrets.notePassword(target)
  })
  observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['type'], attributeOldValue: true })
  signal.addEventListener('abort', () => observer.disconnect())
}

/** `cardNumber`, `card_number` and `Card number:` are the same words. */
export function isSecretName(name: string): boolean {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()
    .toLowerCase()
  return words === 'pass' || SECRET_WORDS.test(words) || SECRET_WORDS.test(words.replace(/\d+/g, ' '))
}

function namesOf(control: Element): string[] {
  const attributes = ['name', 'id', 'aria-label', 'placeholder', 'title', 'data-callwitness-field', 'data-testid'].map((name) => control.getAttribute(name) ?? '')
  return [...attributes, labelOf(control), ...groupLabelsOf(control)].filter(Boolean)
}

const hidesItsText = (control: Element): boolean => {
  const security = getComputedStyle(control).getPropertyValue('-webkit-text-security')
  return security !== '' && security !== 'none'
}

function isSplitBox(control: Element): boolean {
  if (!(control instanceof HTMLInputElement) || control.maxLength < 1 || control.maxLength > SPLIT_BOX_MAX_LENGTH) return false
  const scope = control.closest('fieldset, form, [role="group"]') ?? control.parentElement?.parentElement ?? control.parentElement
  const boxes = Array.from(scope?.querySelectorAll('input') ?? [])
  const place = boxes.indexOf(control)
  const isLike = (box: HTMLInputElement | undefined): boolean => box !== undefined && box.maxLength === control.maxLength
  let first = place
  let last = place
  while (isLike(boxes[first - 1])) first -= 1
  while (isLike(boxes[last + 1])) last += 1
  return last - first + 1 >= SPLIT_BOXES
}
