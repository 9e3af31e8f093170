import type { DeployedStage } from './deployed.ts'
import type { Command } from './keys-options.ts'
import { OptionsError, parseCommand } from '../local/options.ts'

export const usage = `Usage: npm run admin -- COMMAND --stage STAGE [options]

  company NAME                       Create a company: an admin key, a production workspace, a sandbox, two keys each
  create --workspace ID --kind secret|publishable
                                     Create a key and print it, this once
  list --workspace ID                List a workspace's keys, without their texts
  revoke KEY_ID --workspace ID       Take a key off file; it may live for a minute more
  reconcile [--dry-run]              Make the rules on the bus what the webhooks say, and tell what differed
  stuck                              List large commits that should have ended by now

  --stage STAGE    The deployed stage; the Region is AWS_REGION's, the credentials are yours.
  --table NAME     Its table, where that was restored under another name.
  --help           Print this.
`

/** What to do with a stage. */
export type AdminCommand =
  | { readonly name: 'keys'; readonly workspaceId: string; readonly command: Command }
  | { readonly name: 'reconcile'; readonly isDryRun: boolean }
  | { readonly name: 'stuck' }

const options = {
  stage: { type: 'string' },
  table: { type: 'string' },
  workspace: { type: 'string' },
  kind: { type: 'string' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** Reads the command line of `npm run admin`; refuses what it does not know. */
export function readAdminOptions(
  args: string[],
): { command: AdminCommand; where: DeployedStage } | 'help' {
  const { values, positionals } = parse(args)
  if (values.help === true || positionals.length === 0) return 'help'
  const { stage, table: tableName } = values
  if (stage === undefined || stage === '') throw new OptionsError('Name the stage: --stage STAGE')
  return { command: readCommand(positionals, values), where: { stage, tableName } }
}

type Values = ReturnType<typeof parse>['values']

const parse = (args: string[]) => parseCommand(args, { options, usage })

function readCommand([name = '', argument = '']: string[], values: Values): AdminCommand {
  const { workspace: workspaceId = '' } = values
  const inWorkspace = (command: Command): AdminCommand => {
    if (workspaceId === '') throw new OptionsError(`${name} needs --workspace ID`)
    return { name: 'keys', workspaceId, command }
  }
  switch (name) {
    case 'company':
      if (argument === '') throw new OptionsError('company needs a name')
      return { name: 'keys', workspaceId, command: { name, company: argument } }
    case 'create':
      if (values.kind !== 'secret' && values.kind !== 'publishable') {
        throw new OptionsError('create needs --kind secret or --kind publishable')
      }
      return inWorkspace({ name, kind: values.kind })
    case 'list':
      return inWorkspace({ name })
    case 'revoke':
      if (argument === '') throw new OptionsError('revoke needs the id of a key: see list')
      return inWorkspace({ name, keyId: argument })
    case 'reconcile':
      return { name, isDryRun: values['dry-run'] === true }
    case 'stuck':
      return { name }
    default:
      throw new OptionsError(`Unknown command ${name}\n\n${usage}`)
  }
}
