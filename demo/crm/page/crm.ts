/** The sandbox CRM's page: a list of customers and one customer's record, swapped without loading the page anew. */
import type { Customer, CustomerEdit } from '../customers'
import { makeRecordView } from './record-view'

const TOAST_MS = 4_000

const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement // all of them stand in index.html
const main = byId('main')
const search = byId('search') as HTMLInputElement // as above
let customers: Customer[] = []

search.addEventListener('input', showList)
document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="/"]') // clicks land on elements
  if (!link) return
  event.preventDefault()
  history.pushState(null, '', link.href)
  void showPlace()
})
window.addEventListener('popstate', () => void showPlace())

customers = await fetchJson<Customer[]>('/api/customers')
await showPlace()

async function showPlace(): Promise<void> {
  const id = /^\/customers\/([\w-]+)$/.exec(location.pathname)?.[1]
  showList()
  if (!id) {
    document.title = 'Northstar Mobile CRM'
    main.innerHTML = '<p class="empty">Choose a customer on the left, or type a name or a number.</p>'
    return
  }
  showRecord(await fetchJson<Customer>(`/api/customers/${id}`))
}

function showList(): void {
  const words = search.value.trim().toLowerCase()
  const found = customers.filter(({ id, name, phone, city }) => `${id} ${name} ${phone} ${city}`.toLowerCase().includes(words))
  byId('count').textContent = `${found.length} ${found.length === 1 ? 'customer' : 'customers'}`
  byId('list').replaceChildren(
    ...found.map(({ id, name, phone, city, plan }) => {
      const item = document.createElement('li')
      const link = item.appendChild(document.createElement('a'))
      link.href = `/customers/${id}`
      if (link.pathname === location.pathname) link.setAttribute('aria-current', 'page')
      for (const [tag, text] of [['b', name], ['small', plan], ['small', phone], ['small', city]] as const) link.appendChild(document.createElement(tag)).textContent = text
      return item
    }),
  )
}

function showRecord(customer: Customer): void {
  document.title = `${customer.name}, Northstar Mobile CRM`
  main.replaceChildren(makeRecordView(customer, (edit) => void save(customer.id, edit)))
}

async function save(id: string, edit: CustomerEdit): Promise<void> {
  const saved = await fetchJson<Customer>(`/api/customers/${id}`, { method: 'PUT', body: JSON.stringify(edit) })
  customers = customers.map((customer) => (customer.id === id ? saved : customer))
  showList()
  showRecord(saved)
  byId('toast').textContent = `${saved.name} saved`
  setTimeout(() => byId('toast').replaceChildren(), TOAST_MS)
}

async function fetchJson<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init)
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return (await response.json()) as T // our own server's answer
}
