/** One customer's record: who it is, what can be changed, what happened. */
import { type Customer, type CustomerEdit, PLANS } from '../customers'

const TEMPLATE = `
  <div class="title"><h1></h1><small></small><span class="state" role="status">Saved</span></div>
  <div class="columns">
    <form class="panel">
      <h2>Line and services</h2>
      <label class="field"><span>Plan</span><select name="plan" data-callwitness-field="plan"></select></label>
      <div class="row">
        <div><label for="roaming">International roaming</label><p>Calls and data abroad, billed by the day</p></div>
        <output for="roaming"></output><input type="checkbox" role="switch" id="roaming" name="roaming" data-callwitness-field="roaming">
      </div>
      <div class="row">
        <div><label for="paperless">Paperless bill</label><p>By e-mail on the first of the month</p></div>
        <output for="paperless"></output><input type="checkbox" role="switch" id="paperless" name="paperless" data-callwitness-field="paperless">
      </div>
      <label class="field" style="padding-top: 14px; border-top: 1px solid var(--line)"><span>Comment</span><textarea name="comment" data-callwitness-field="comment" placeholder="What was agreed with the customer"></textarea></label>
      <div class="save"><button type="submit" data-callwitness-save>Save changes</button></div>
    </form>
    <div>
      <section class="panel"><h2>Customer</h2><dl></dl></section>
      <section class="panel"><h2>History</h2><ol id="history"></ol></section>
    </div>
  </div>`

export function makeRecordView(customer: Customer, onSave: (edit: CustomerEdit) => void): HTMLElement {
  const element = document.createElement('section')
  element.innerHTML = TEMPLATE
  const find = <E extends Element>(selector: string): E => element.querySelector(selector) as E // all of them stand in the template
  const form = find<HTMLFormElement>('form')
  const plan = find<HTMLSelectElement>('select')
  const roaming = find<HTMLInputElement>('#roaming')
  const paperless = find<HTMLInputElement>('#paperless')
  const comment = find<HTMLTextAreaElement>('textarea')

  find('h1').textContent = customer.name
  find('.title small').textContent = customer.phone
  plan.replaceChildren(...PLANS.map((name) => new Option(name, name, name === customer.plan, name === customer.plan)))
  roaming.checked = roaming.defaultChecked = customer.isRoamingOn
  paperless.checked = paperless.defaultChecked = customer.isPaperless
  find('dl').replaceChildren(...pairs([['Account', customer.id], ['E-mail', customer.email], ['City', customer.city], ['Customer since', customer.since], ['Open balance', customer.balance], ['Last bill', customer.lastBill]]))
  find('#history').replaceChildren(
    ...customer.history.map(({ at, by, text }) => {
      const item = document.createElement('li')
      item.textContent = text
      item.appendChild(document.createElement('small')).textContent = `${by}, ${at}`
      return item
    }),
  )

  const readEdit = (): CustomerEdit => ({ plan: plan.value, isRoamingOn: roaming.checked, isPaperless: paperless.checked, comment: comment.value.trim() })
  const showState = (): void => {
    const edit = readEdit()
    const isUnsaved = edit.plan !== customer.plan || edit.isRoamingOn !== customer.isRoamingOn || edit.isPaperless !== customer.isPaperless || edit.comment !== ''
    find('.state').textContent = isUnsaved ? 'Unsaved changes' : 'Saved'
    find('.state').classList.toggle('unsaved', isUnsaved)
    for (const control of [roaming, paperless]) find(`output[for="${control.id}"]`).textContent = control.checked ? 'On' : 'Off'
  }
  form.addEventListener('input', showState)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    onSave(readEdit())
  })
  showState()

  // Last, so that whoever reads the page sees the record with all that belongs to it.
  element.setAttribute('data-callwitness-record', `customer:${customer.id}`)
  element.setAttribute('data-callwitness-name', customer.name)
  return element
}

function pairs(rows: readonly (readonly [string, string])[]): HTMLElement[] {
  return rows.flatMap(([term, text]) => {
    const [dt, dd] = [document.createElement('dt'), document.createElement('dd')]
    dt.textContent = term
    dd.textContent = text
    return [dt, dd]
  })
}
