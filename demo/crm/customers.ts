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

export const PLANS = ['Flex 10', 'Flex 20', 'Flex 40', 'Unlimited 24'] as const
export const TECHNICIAN = 'Linda Marsh'

const rows: readonly [id: string, name: string, phone: string, city: string, since: string, balance: string, plan: string, isRoamingOn: boolean][] = [
  ['C-20398', 'Budi Santoso', '+62 812 5550 117', 'Bandung', '2017', 'Rp 0', 'Flex 40', true],
  ['C-20401', 'Dewi Lestari', '+62 812 5550 131', 'Yogyakarta', '2021', 'Rp 45.000', 'Flex 10', false],
  ['C-20407', 'Ade Nugroho', '+62 812 5550 146', 'Surabaya', '2015', 'Rp 120.000', 'Unlimited 24', true],
  ['C-20412', 'Maya Kusuma', '+62 812 5550 159', 'Medan', '2022', 'Rp 0', 'Flex 20', false],
  ['C-20415', 'Hendra Wijaya', '+62 812 5550 172', 'Semarang', '2018', 'Rp 230.000', 'Flex 40', false],
  ['C-20418', 'Rina Hartono', '+62 812 5550 184', 'Jakarta', '2019', 'Rp 184.000', 'Flex 10', false],
  ['C-20423', 'Putri Anggraini', '+62 812 5550 193', 'Denpasar', '2020', 'Rp 0', 'Flex 20', true],
  ['C-20429', 'Agus Setiawan', '+62 812 5550 208', 'Makassar', '2016', 'Rp 60.000', 'Flex 20', false],
  ['C-20434', 'Sari Rahayu', '+62 812 5550 221', 'Jakarta', '2023', 'Rp 15.000', 'Flex 10', false],
  ['C-20440', 'Yusuf Hidayat', '+62 812 5550 236', 'Palembang', '2014', 'Rp 310.000', 'Unlimited 24', true],
  ['C-20446', 'Nadia Pratiwi', '+62 812 5550 244', 'Malang', '2021', 'Rp 0', 'Flex 40', false],
  ['C-20452', 'Rizal Firmansyah', '+62 812 5550 257', 'Bogor', '2018', 'Rp 75.000', 'Flex 20', false],
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
