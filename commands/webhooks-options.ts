import { OptionsError, parseCommand } from '../local/options.ts'

export const usage = `Usage: npm run webhooks -- COMMAND [options]

  reconcile        Make the rules on the event bus what the records of webhooks say, and tell what differed,
                   and which receivers fail and when they are tried again;
                   a change under way is given 30 seconds to end. Rules of your own are left alone.
    --dry-run      Only tell what differs.

  --port N         The local product on that port; PORT or 3000 when it is not given.
  --environment    What the environment names instead: HOLDFAST_TABLE, HOLDFAST_BUS and the queues, as the functions
                   have them, with AWS credentials.
  --help           Print this.
`

/** What to do, and where. */
export interface WebhooksCommand {
  readonly isDryRun: boolean
  /** Undefined where the environment tells. */
  readonly port: number | undefined
}

const options = {
  'dry-run': { type: 'boolean' },
  port: { type: 'string' },
  environment: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** Reads the command line of `npm run webhooks`; refuses what it does not know. */
export function readWebhooksOptions(
  args: string[],
  env: NodeJS.ProcessEnv,
): WebhooksCommand | 'help' {
  const { values, positionals } = parse(args)
  if (values.help === true || positionals.length === 0) return 'help'
  const [name = '', ...rest] = positionals
  if (name !== 'reconcile' || rest.length > 0) {
    throw new OptionsError(`Unknown command ${positionals.join(' ')}\n\n${usage}`)
  }
  const isDryRun = values['dry-run'] === true
  if (values.environment === true) {
    if (values.port === undefined) return { isDryRun, port: undefined }
    throw new OptionsError('Give --port or --environment, not both')
  }
  const port = values.port ?? env['PORT'] ?? '3000'
  if (!/^[0-9]{1,5}$/.test(port)) throw new OptionsError(`--port must be a number, not ${port}`)
  return { isDryRun, port: Number(port) }
}

const parse = (args: string[]) => parseCommand(args, { options, usage })
