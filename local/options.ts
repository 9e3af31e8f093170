import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'

const PORT_DEFAULT = 3000

/** What the command line and the environment ask for. */
export interface Options {
  readonly port: number
  /** The folder of durable data; without it, data lives in memory. */
  readonly data: string | undefined
  /** Names by which it may be called besides those of this machine. */
  readonly hosts: readonly string[]
  /** The port of the embedded bus and queues; any free one when it is 0. */
  readonly busPort: number
}

/** Whoever started the program asked for something that does not exist: the message says what does. */
export class OptionsError extends Error {}

export const usage = `Usage: npm start -- [options]

  --data DIR   Keep the data in this folder, which is made if it is not there. Without it, data lives in memory.
  --help       Print this.

Environment:

  PORT                        The port of the server; ${PORT_DEFAULT} when it is not set, any free one when it is 0.
  HOLDFAST_HOSTS              Host names, with spaces between, by which it may be called besides localhost.
  HOLDFAST_BUS_PORT           The port of the embedded EventBridge and SQS; any free one when it is not set.
  HOLDFAST_ADDRESS_HEADER, HOLDFAST_ADDRESS_FROM_RIGHT, HOLDFAST_ORIGIN_SECRET
                              Where a server in front tells the addresses of its callers: docs/operations.md.
  HOLDFAST_REQUESTS_PER_ADDRESS, HOLDFAST_REQUESTS_PER_KEY
                              Changes that a publishable key may ask for in a minute, from one address and in all.
  AWS_ENDPOINT_URL_DYNAMODB   A DynamoDB to use instead of the embedded one.
  AWS_ENDPOINT_URL_EVENTBRIDGE, AWS_ENDPOINT_URL_SQS
                              An event bus and queues to use instead of the embedded ones: both or neither.
`

/** Reads what was asked for; refuses what it does not know. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options | 'help' {
  const { data, help } = parse(args)
  if (help === true) return 'help'
  if (data === '') throw new OptionsError('--data needs a folder, as in --data ./data')
  if (data !== undefined && env['AWS_ENDPOINT_URL_DYNAMODB'] !== undefined) {
    throw new OptionsError(
      '--data is for the embedded DynamoDB, but AWS_ENDPOINT_URL_DYNAMODB names another one: leave one of them away',
    )
  }
  const outside = ['AWS_ENDPOINT_URL_EVENTBRIDGE', 'AWS_ENDPOINT_URL_SQS'].filter(
    (name) => env[name] !== undefined,
  )
  if (outside.length === 1) {
    throw new OptionsError(
      `${outside.join()} is set and its other half is not: rules of the bus send to the queues, so name both or neither`,
    )
  }
  const hosts = (env['HOLDFAST_HOSTS'] ?? '').split(/[\s,]+/).filter((name) => name !== '')
  const port = readPort('PORT', env['PORT'] ?? String(PORT_DEFAULT))
  const busPort = readPort('HOLDFAST_BUS_PORT', env['HOLDFAST_BUS_PORT'] ?? '0')
  return { port, data, hosts, busPort }
}

function parse(args: string[]): { data?: string; help?: boolean } {
  try {
    return parseArgs({
      args,
      options: { data: { type: 'string' }, help: { type: 'boolean' } },
    }).values
  } catch (error) {
    throw new OptionsError(`${firstSentence(error)}\n\n${usage}`, { cause: error })
  }
}

/** Reads the words and options of a command; refuses options that it does not have, with its usage. */
export function parseCommand<Known extends ParseArgsOptionsConfig>(
  args: string[],
  { options, usage: of }: { options: Known; usage: string },
) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new OptionsError(`${message}\n\n${of}`, { cause: error })
  }
}

/**
 * Reads the options of a script: prints its usage and ends where that is asked for, and where it was given something that it does not
 * know, which it says in a sentence.
 */
export function readScript<Known extends ParseArgsOptionsConfig>(script: {
  readonly options: Known
  readonly usage: string
}) {
  const options = { ...script.options, help: { type: 'boolean' } } as const
  try {
    const { values } = parseArgs({ options })
    if ((values as { help?: boolean }).help !== true) return values
  } catch (error) {
    return refuseOption(script.usage, firstSentence(error))
  }
  process.stdout.write(script.usage)
  return process.exit(0)
}

/** Ends a script that was given what it cannot use: says so in a sentence, with the usage. */
export function refuseOption(of: string, message: string): never {
  process.stderr.write(`${message}\n\n${of}`)
  process.exit(1)
}

/** Node.js explains at length how to pass what looks like an option; here nothing does. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split(/\. (?=[A-Z])|\.?\n/, 1)[0] ?? message
}

function readPort(name: string, text: string): number {
  const port = Number(text)
  const isPort = /^[0-9]+$/.test(text) && port <= 65_535
  if (!isPort) throw new OptionsError(`${name} must be a number from 0 to 65535, not ${text}`)
  return port
}
