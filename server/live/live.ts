/** Live listening: joins agents, pages and what becomes durable. */
import type { Server } from 'socket.io'
import { isMediaEntry, type LogEntry } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { LiveCallView, LiveWords } from '@/protocol/live-messages'
import type { CallActs } from '../access/call-acts'
import type { Sessions } from '../access/sessions'
import type { Database } from '../database/client'
import type { CallFeed } from '../ingest/call-feed'
import type { Log } from '../log'
import { logReaderOf } from '../media/log-reader'
import type { MediaStore } from '../media/media-store'
import type { SpeechService } from '../transcribe/speech-service'
import type { AgentPort } from './agent-port'
import { Board } from './board'
import { LiveCaptions } from './captions'
import { DeskBook } from './desk-book'
import { deskNewsOf } from './desk-news'
import { findFinalWords, finalWordsOf } from './final-words'
import { findLiveRules } from './find-live-rules'
import { entriesForGuests } from './for-guests'
import type { LiveCall } from './live-call'
import { type AgentConnection, LiveCalls } from './live-calls'
import { liveNamespaceOf, serveLivePages } from './live-pages'
import type { NodeAnswer, NodeNotice, NodeRequest } from './node-messages'
import { connectNodes } from './nodes'

/** Whoever has just joined on another node is not counted by this one before that. */
const COUNT_AFTER_MS = 500
const COUNT_EVERY_MS = 4_000
const TELL_DESKS_EVERY_MS = 1_000

export type LiveDeps = { io: Server; hasOtherNodes: boolean; database: Database; media: MediaStore; feed: CallFeed; speech: SpeechService; sessions: Sessions; acts: CallActs; log: Log }
export type Live = {
  connectAgent(agent: AgentPort): AgentConnection
  handleCoachRead(agent: AgentPort, callId: CallId, id: string): void
  dispose(): Promise<void>
}

export function startLive({ io, hasOtherNodes, database, media, feed, speech, sessions, acts, log }: LiveDeps): Live {
  const namespace = liveNamespaceOf(io)
  const readEntries = async (callId: CallId): Promise<readonly LogEntry[]> => (await logReaderOf(media).read(callId)).entries
  const board = new Board(namespace)
  const calls = new LiveCalls({
    namespace,
    findRules: (callId, agent) => findLiveRules(database, callId, agent.deviceId),
    readEntries,
    onChanged: (call) => board.change(call),
    onRules(call, rules) {
      board.move(call, rules.teamIds)
      call.useRules(rules)
    },
    onWanted: (call) => captions.follow(call.callId),
    onUnwanted: (call) => captions.unfollow(call.callId),
    onItems: ({ callId }, items) => captions.push(callId, items),
    onGone(call) {
      captions.unfollow(call.callId)
      board.remove(call)
    },
    log,
  })
  const captions: LiveCaptions = new LiveCaptions({
    speech,
    log,
    listener: {
      onWords: (callId, words) => calls.handleWords(callId, words),
      onState: (callId, state) => calls.find(callId)?.tellCaptions(state),
    },
  })
  const count = (call: LiveCall): void =>
    void call.countAudience().then(() => board.change(call), (cause: unknown) => log.error(`it could not be told who listens to call ${call.callId}`, cause))
  const countSoon = (call: LiveCall): void => void setTimeout(() => calls.find(call.callId) === call && count(call), COUNT_AFTER_MS)

  async function answer(request: NodeRequest): Promise<NodeAnswer> {
    if (request.kind === 'board') {
      board.tellAll(request.socketId, request.rooms, calls.list())
      return null
    }
    const call = calls.find(request.callId)
    if (!call) return null
    switch (request.kind) {
      case 'find':
        return call.mayJoin(request.isGuest) ? { kind: 'done' } : null
      case 'join': {
        const { socketId, guest, after } = request
        const isGuest = guest !== null
        if (!call.mayJoin(isGuest)) return null
        if (guest) call.announce(guest)
        countSoon(call)
        call.letIn(socketId, isGuest)
        const [entries, words] = await Promise.all([readEntries(call.callId), findFinalWords(database, call.callId)])
        const known = describe(call, isGuest ? entriesForGuests(entries) : entries, words, captions.stateOf(call.callId))
        if (!known) return null
        call.join(socketId, isGuest, after)
        return { kind: 'joined', call: known }
      }
      case 'rejoin':
        call.rejoin(request.socketId, request.isGuest, request.sinceMs)
        return { kind: 'done' }
      case 'audience-changed':
        countSoon(call)
        return { kind: 'done' }
      case 'coach-text': {
        const id = crypto.randomUUID()
        const startedMs = performance.now()
        const { callId, from, text } = request
        return call.port.showText({ callId, id, from, text }).then(
          () => ({ kind: 'text-shown', id, deliveredMs: Math.round(performance.now() - startedMs) }),
          () => ({ kind: 'text-failed' }),
        )
      }
    }
  }

  const node = crypto.randomUUID()
  const desks = new DeskBook(() => deskNewsOf(calls))
  const hear = (notice: NodeNotice): boolean => {
    if (notice.kind === 'desks') {
      if (notice.node === node) return false
      desks.hear(notice.node, notice.news)
      return true
    }
    const { callId, from, number, bytesBase64 } = notice
    const call = calls.find(callId)
    call?.port.playVoice({ callId, from, number, bytes: new Uint8Array(Buffer.from(bytesBase64, 'base64')) })
    return call !== undefined
  }

  const nodes = connectNodes(namespace, { hasOthers: hasOtherNodes, answer, hear, log })
  const stopServing = serveLivePages(namespace, { database, sessions, acts, nodes, desks, log })
  const unfollow = [
    feed.on('call.appended', ({ callId, entries }) => calls.handleEntries(callId, entries)),
    feed.on('call.utterance', ({ callId, utterance }) => {
      captions.handleUtterance(callId, utterance)
      if (utterance.leakedFrom === null) calls.handleWords(callId, [finalWordsOf(utterance)])
    }),
    feed.on('call.closed', ({ callId }) => calls.end(callId)),
  ]
  const rereading = setInterval(() => void calls.rereadRules().catch((cause: unknown) => log.error('the rules of running calls could not be read again', cause)), COUNT_EVERY_MS)
  const telling = setInterval(() => nodes.tell({ kind: 'desks', node, news: deskNewsOf(calls) }), TELL_DESKS_EVERY_MS)
  const counting = setInterval(() => calls.list().filter(({ isAttended }) => isAttended).forEach(count), COUNT_EVERY_MS)

  return {
    connectAgent: (agent) => calls.connect(agent),
    handleCoachRead(agent, callId, id) {
      const call = calls.find(callId)
      if (call?.port === agent) call.tellRead(id)
    },
    async dispose() {
      clearInterval(counting)
      clearInterval(telling)
      clearInterval(rereading)
      unfollow.forEach((end) => end())
      stopServing()
      calls.dispose()
      board.dispose()
      await captions.dispose()
    },
  }
}

/** `null` for a log that does not tell how it began. */
function describe({ callId, tile, rules }: LiveCall, entries: readonly LogEntry[], words: LiveWords[], captions: LiveCallView['captions']): LiveCallView | null {
  const [open] = entries
  if (open?.kind !== 'open') return null
  const screen = open.data.tracks.find((track) => track.codec === 'vp9')
  return {
    callId,
    technician: open.data.technician,
    customerName: tile.read().customerName,
    startedAt: open.data.startedAt,
    tracks: open.data.tracks.map(({ track }) => track),
    screenSize: screen ? { widthPx: screen.widthPx, heightPx: screen.heightPx } : null,
    entries: entries.filter((entry) => !isMediaEntry(entry)),
    words,
    captions,
    listenersShown: rules.listenersShown,
  }
}
