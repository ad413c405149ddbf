/** A report in lines for people. What stands in a log was written by whoever made it, and may not write on the reader's terminal. */
import type { Report, Verdict } from './report'

export function describeReport(report: Report): string {
  const lines = report.verdicts.flatMap(describeVerdict)
  return [`call ${report.callId ?? 'unknown'}`, ...lines, report.isVerified ? 'verified' : 'NOT verified'].map((line) => `${printable(line)}\n`).join('')
}

const describeVerdict = ({ check, state, summary, findings }: Verdict): string[] => [
  `${check.padEnd(15)} ${state.padEnd(6)} ${summary}`,
  ...(findings.length > 1 ? findings.map((finding) => `${' '.repeat(23)}- ${finding}`) : []),
]

/** A line break could forge a verdict, an escape sequence or a change of direction could hide one. */
const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`)
