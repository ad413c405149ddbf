/** Rows as CSV (RFC 4180) for spreadsheets, which must not take a cell for a formula: what begins like one gets an apostrophe in front, as OWASP advises. */

export type CsvCell = string | number | null

const LIKE_A_FORMULA = /^[=+\-@\t\r]/
const NEEDS_QUOTES = /[",\r\n]/
/** Without it Excel takes UTF-8 for the code page of its country. */
export const CSV_BEGIN = '\uFEFF'

export const formatCsvRow = (cells: readonly CsvCell[]): string => `${cells.map(formatCell).join(',')}\r\n`

function formatCell(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = LIKE_A_FORMULA.test(cell) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
