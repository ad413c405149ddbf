/** Asks whichever node has the agent of a call: this one first, then the others, if there are any. */
import type { LiveNamespace } from './rooms'
import type { NodeAnswer, NodeRequest } from './node-messages'

export type Nodes = { ask(request: NodeRequest): Promise<NodeAnswer> }

/** `answer` is what this node says, `null` when the request is none of its business. */
export function connectNodes(namespace: LiveNamespace, hasOthers: boolean, answer: (request: NodeRequest) => Promise<NodeAnswer>): Nodes {
  namespace.on('ask', (request, reply) => void answer(request).then(reply))
  return {
    async ask(request) {
      const own = await answer(request)
      if (own || !hasOthers) return own
      const answers: NodeAnswer[] = await namespace.serverSideEmitWithAck('ask', request)
      return answers.find((other) => other !== null) ?? null
    },
  }
}
