/** What a person types on the technician's computer, which agent, server and pages name alike. */

/** One command of the agent as it is run in a checkout, such as `agentCommand('pair https://calls.example.com')`. */
export const agentCommand = (command: string): string => `npm run agent -- ${command}`
