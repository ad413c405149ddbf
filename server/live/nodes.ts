/** Asks whichever node has the agent of a call: this one first, then the others, if there are any. */
import type { NodeAnswer, NodeNotice, NodeRequest } from './node-messages'
import type { LiveNamespace } from './rooms'

export type Nodes = {
  /** `null` when no node has the call. */
  ask(request: NodeRequest): Promise<NodeAnswer>
  /** For what comes many times a second: nobody answers. */
  tell(notice: NodeNotice): void
}

export type NodesOptions = {
  hasOthers: boolean
  /** What this node says, `null` when the request is none of its business. */
  answer: (request: NodeRequest) => Promise<NodeAnswer>
  /** Whether it was this node's business. */
  hear: (notice: NodeNotice) => boolean
  log: { error(message: string, cause?: unknown): void }
}

export function connectNodes(namespace: LiveNamespace, { hasOthers, answer, hear, log }: NodesOptions): Nodes {
  namespace.on('ask', (request, reply) => {
    answer(request).then(reply, (cause: unknown) => {
      log.error('what another server asked about a call could not be answered', cause)
      reply(null)
    })
  })
  namespace.on('tell', (notice) => void hear(notice))
  return {
    async ask(request) {
      const own = await answer(request)
      if (own || !hasOthers) return own
      const answers: NodeAnswer[] = await namespace.serverSideEmitWithAck('ask', request).catch(answersInTime)
      return answers.find((other) => other !== null) ?? null
    },
    tell(notice) {
      if (!hear(notice) && hasOthers) namespace.serverSideEmit('tell', notice)
    },
  }
}

/** When some server did not answer in time, those that did stand in the error. */
function answersInTime(error: unknown): NodeAnswer[] {
  if (error instanceof Error && 'responses' in error && Array.isArray(error.responses)) return error.responses as NodeAnswer[]
  throw error
}
