/** The customers of Northstar Mobile: invented people, with telephone numbers that belong to nobody. */
export type CustomerChange = { at: string; by: string; text: string }
export type Customer = {
  id: string
  name: string
  email: string
  phone: string
  city: string
  since: string
  balance: string
  lastBill: string
  plan: string
  isRoamingOn: boolean
  isPaperless: boolean
  comment: string
  history: CustomerChange[]
}
/** What the technician can change and save. */
export type CustomerEdit = Pick<Customer, 'plan' | 'isRoamingOn' | 'isPaperless' | 'comment'>

export const PLANS = ['Flex 10', 'Flex 20', 'Travel', 'Unlimited 24'] as const
export const TECHNICIAN = 'Linda Marsh'

const rows: readonly [id: string, name: string, phone: string, city: string, since: string, balance: string, plan: string, isRoamingOn: boolean][] = [
  ['417604', 'Budi Santoso', '+62 812 5550 117', 'Bandung', '2017', '$0.00', 'Flex 20', true],
  ['417618', 'Dewi Lestari', '+62 812 5550 131', 'Yogyakarta', '2021', '$12.00', 'Flex 10', false],
  ['417633', 'Ade Nugroho', '+62 812 5550 146', 'Surabaya', '2015', '$48.00', 'Unlimited 24', true],
  ['417671', 'Maya Kusuma', '+62 812 5550 159', 'Medan', '2022', '$0.00', 'Flex 20', false],
  ['417702', 'Hendra Wijaya', '+62 812 5550 172', 'Semarang', '2018', '$61.00', 'Flex 20', false],
  ['417729', 'Rina Hartono', '+62 812 5550 184', 'Jakarta', '2019', '$55.00', 'Flex 10', false],
  ['417745', 'Putri Anggraini', '+62 812 5550 193', 'Denpasar', '2020', '$0.00', 'Flex 20', true],
  ['417768', 'Agus Setiawan', '+62 812 5550 208', 'Makassar', '2016', '$18.00', 'Flex 20', false],
  ['417790', 'Sari Rahayu', '+62 812 5550 221', 'Jakarta', '2023', '$9.00', 'Flex 10', false],
  ['417811', 'Yusuf Hidayat', '+62 812 5550 236', 'Palembang', '2014', '$72.00', 'Unlimited 24', true],
  ['417836', 'Nadia Pratiwi', '+62 812 5550 244', 'Malang', '2021', '$0.00', 'Flex 20', false],
  ['417859', 'Rizal Firmansyah', '+62 812 5550 257', 'Bogor', '2018', '$20.00', 'Flex 20', false],
]

export const makeCustomers = (): Map<string, Customer> =>
  new Map(
    rows.map(([id, name, phone, city, since, balance, plan, isRoamingOn]) => [
      id,
      {
        id, name, phone, city, since, balance, plan, isRoamingOn,
        email: `${name.toLowerCase().replace(' ', '.')}@example.com`,
        lastBill: '1 November',
        isPaperless: Number(since) > 2017,
        comment: '',
        history: [
          { at: '3 Nov, 10:12', by: 'Billing', text: `Bill for October sent, ${balance} open` },
          { at: '18 Sep, 16:40', by: 'Tomas Oduya', text: 'Called about coverage at home. Signal test passed.' },
        ],
      },
    ]),
  )
