/** What an entry has besides, as it was written: names and values, without the empty ones. */
type AuditDetailProps = Readonly<{ detail: Record<string, unknown> | null }>

export function AuditDetail({ detail }: AuditDetailProps) {
  const parts = Object.entries(detail ?? {}).filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  if (parts.length === 0) return null
  const text = parts.join(', ')
  return (
    <bdi className="font-mono text-meta" title={text}>
      {text}
    </bdi>
  )
}
