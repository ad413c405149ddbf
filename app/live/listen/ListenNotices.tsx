/** What stands between the listener and the call now, in plain words. */
'use client'

import { CaptionsOff, CirclePause, CloudOff, History, MonitorOff, VolumeX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatPosition } from '../../format/duration'
import { hasVideoDecoder } from '../../live-client/screen/screen-output'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { LinkNotice } from '../LinkNotice'
import { useStore } from '../use-store'
import { useListening } from './listening-context'

export function ListenNotices() {
  const t = useTranslations('live')
  const { link, listening, call, view, listener } = useListening()
  const { player } = listening
  const { skips, leftOut, isStalled, mode } = useStore(player.state)
  const linkState = useStore(link.state)
  const isAgentAway = useStore(listening.isAgentAway)
  const captions = useStore(listening.captions)
  const output = useStore(player.sound.state)
  const isQuiet = isStalled && linkState === 'open' && !isAgentAway && !view.pause
  return (
    <div className="grid gap-2 border-line px-4 not-empty:border-b not-empty:py-2">
      <LinkNotice link={link} away={t('notice.away')} isGuest={listener.by === 'invitation'} />
      {output === 'unable' && (
        <Notice tone="bad" icon={<VolumeX aria-hidden="true" />}>
          {t('notice.no-sound-here')}
        </Notice>
      )}
      {call.screenSize && !hasVideoDecoder() && (
        <Notice tone="warn" icon={<MonitorOff aria-hidden="true" />}>
          {t('notice.no-screen-here')}
        </Notice>
      )}
      {view.pause && (
        <Notice tone="warn" role="status" icon={<CirclePause aria-hidden="true" />}>
          {t('notice.paused', { by: view.pause.by.name, reason: view.pause.reason })}
        </Notice>
      )}
      {isAgentAway && (
        <Notice tone="warn" role="status" icon={<CloudOff aria-hidden="true" />}>
          {t('notice.agent-away')}
        </Notice>
      )}
      {isQuiet && (
        <Notice tone="warn" icon={<CloudOff aria-hidden="true" />}>
          {t('notice.stalled')}
        </Notice>
      )}
      {captions === 'too-busy' && (
        <Notice tone="warn" icon={<CaptionsOff aria-hidden="true" />}>
          {t('notice.captions')}
        </Notice>
      )}
      {leftOut > 0 && <Notice tone="warn">{t('notice.left-out', { count: leftOut })}</Notice>}
      {skips.map((skip) => (
        <Notice
          key={skip.fromMs}
          tone="warn"
          role="status"
          icon={<History aria-hidden="true" />}
          action={
            <>
              {mode === 'now' && player.canHear(skip) && (
                <Button
                  onClick={() => {
                    player.goBack(skip.fromMs)
                    player.forgetSkip(skip)
                  }}
                >
                  {t('skip.hear')}
                </Button>
              )}
              <Button kind="quiet" onClick={() => player.forgetSkip(skip)}>
                {t('skip.forget')}
              </Button>
            </>
          }
        >
          {t('skip.text', { from: formatPosition(skip.fromMs), to: formatPosition(skip.toMs), seconds: Math.max(1, Math.round((skip.toMs - skip.fromMs) / 1_000)) })}
        </Notice>
      ))}
    </div>
  )
}
