/** The call page's own shape while it is on its way. */
import { translate } from '@/app/i18n/translate'

const block = 'animate-pulse rounded-md bg-line'

export default function Loading() {
  return (
    <div role="status" aria-label={translate('call.loading')} className="flex flex-1 flex-col">
      <div className="flex h-[52px] items-center gap-3 border-b border-line bg-surface px-4">
        <div className={`h-4 w-40 ${block}`} />
        <div className={`h-4 w-56 ${block}`} />
      </div>
      <div className="grid flex-1 bg-sunken wide:grid-cols-[minmax(0,1fr)_minmax(380px,31.5%)]">
        <div className="min-h-60 p-4">
          <div className={`size-full ${block}`} />
        </div>
        <div className="grid content-start gap-4 border-l border-line bg-surface p-4">
          {Array.from({ length: 6 }, (_, row) => (
            <div key={row} className={`h-10 ${block}`} />
          ))}
        </div>
      </div>
      <div className="h-[46px] border-t border-line bg-surface" />
      <div className="h-[212px] border-t border-line bg-surface" />
    </div>
  )
}
