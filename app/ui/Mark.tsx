/** The mark: a waveform that ends in a closed ring. */
export function Mark({ className = '' }: Readonly<{ className?: string }>) {
  return (
    <svg viewBox="0 0 24 24" className={className} fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d="M1.5 12h2.4l2.6-6 3.8 12 2.6-7.6" />
      <circle cx="17.6" cy="12" r="4.6" />
    </svg>
  )
}
