import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { agentCommand } from '@/protocol/agent-command'

it('is a command that this checkout has', () => {
  const [program, ...args] = agentCommand('help').split(' ')
  expect([program, ...args.slice(0, 2)]).toEqual(['npm', 'run', 'agent'])
  const scripts: unknown = JSON.parse(execFileSync('npm', ['pkg', 'get', 'scripts'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
  expect(scripts).toHaveProperty('agent')
})
