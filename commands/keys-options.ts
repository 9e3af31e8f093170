import type { SettingsChange } from '../lib/actions/companies/change-settings.ts'
import { defined } from '../lib/defined.ts'
import { MINUTE_MS } from '../lib/limits/durations.ts'
import { HOLD_MS_MAX } from '../lib/limits/limits.ts'
import { ADMISSION_OVERLAP_SECONDS, OVERLAP_SECONDS_MAX } from '../lib/seatbuilder/fields.ts'
import type { ApiKeyKind } from '../lib/store/companies/api-keys.ts'
import { OptionsError, parseCommand } from '../local/options.ts'
import { DEMO_WORKSPACE_ID } from '../local/demo/seed-demo.ts'

export const usage = `Usage: npm run keys -- COMMAND [options]

  create --kind secret|publishable   Create a key and print it, this once
  list                               List the workspace's keys, without their texts
  revoke KEY_ID                      Take a key off file; it may live for a minute more
  company NAME                       Create a company: a production workspace, a sandbox, two keys each
  admission-key                      Show what a waiting room signs admission tokens with; with --rotate another, or the first
    --overlap-seconds N                for how long tokens of the one before are taken: an hour unless given
  settings                           Show the workspace's settings, or change them:
    --publishable-may-book true|false  whether publishable keys may book
    --publishable-may-open-channels true|false
                                       whether publishable keys may hold what is in channels
    --live-holds-max N|none            objects a publishable key may hold at a time for one address
    --hold-minutes-max N|none          minutes that a token holds anything, from its first hold on (120 at most)
    --extensions-max N|none            how often the holds of a token may be made to last longer

  --workspace ID   The workspace; the demo's sandbox when it is not given.
  --port N         The local product on that port; PORT or 3000 when it is not given.
  --endpoint URL   Another DynamoDB endpoint instead, with AWS credentials from the environment, the table from
                   --table (or HOLDFAST_TABLE, or "holdfast") and the master secret from HOLDFAST_MASTER_SECRET.
  --help           Print this.
`

/** Which table to work on. */
export interface Where {
  readonly workspaceId: string
  readonly port: number
  readonly endpoint: string | undefined
  readonly tableName: string
}

export type Command =
  | { readonly name: 'create'; readonly kind: ApiKeyKind }
  | { readonly name: 'list' }
  | { readonly name: 'revoke'; readonly keyId: string }
  | { readonly name: 'company'; readonly company: string }
  | { readonly name: 'admission-key'; readonly overlapSeconds: number | undefined }
  | { readonly name: 'settings'; readonly change: SettingsChange }

/** Reads the command line of `npm run keys`; refuses what it does not know. */
export function readKeysOptions(
  args: string[],
  env: NodeJS.ProcessEnv,
): { command: Command; where: Where } | 'help' {
  const { values, positionals } = parse(args)
  if (values.help === true || positionals.length === 0) return 'help'
  const port = values.port ?? env['PORT'] ?? '3000'
  if (!/^[0-9]{1,5}$/.test(port)) throw new OptionsError(`--port must be a number, not ${port}`)
  const where = {
    workspaceId: values.workspace ?? DEMO_WORKSPACE_ID,
    port: Number(port),
    endpoint: values.endpoint,
    tableName: values.table ?? env['HOLDFAST_TABLE'] ?? 'holdfast',
  }
  return { command: readCommand(positionals, values), where }
}

const options = {
  kind: { type: 'string' },
  workspace: { type: 'string' },
  port: { type: 'string' },
  endpoint: { type: 'string' },
  table: { type: 'string' },
  rotate: { type: 'boolean' },
  'overlap-seconds': { type: 'string' },
  'publishable-may-book': { type: 'string' },
  'publishable-may-open-channels': { type: 'string' },
  'live-holds-max': { type: 'string' },
  'hold-minutes-max': { type: 'string' },
  'extensions-max': { type: 'string' },
  help: { type: 'boolean' },
} as const

type Values = ReturnType<typeof parse>['values']

const parse = (args: string[]) => parseCommand(args, { options, usage })

function readCommand([name = '', argument]: string[], values: Values): Command {
  switch (name) {
    case 'create':
      return { name, kind: readKind(values.kind) }
    case 'list':
      return { name }
    case 'revoke':
      return { name, keyId: required(argument, 'revoke needs the id of a key: see list') }
    case 'company':
      return { name, company: required(argument, 'company needs a name') }
    case 'admission-key':
      return { name, overlapSeconds: readRotation(values) }
    case 'settings':
      return { name, change: readChange(values) }
    default:
      throw new OptionsError(`Unknown command ${name}\n\n${usage}`)
  }
}

function readKind(kind: string | undefined): ApiKeyKind {
  if (kind === 'secret' || kind === 'publishable') return kind
  throw new OptionsError('create needs --kind secret or --kind publishable')
}

/** Undefined where the key is only to be shown. */
function readRotation(values: Values): number | undefined {
  const seconds = values['overlap-seconds'] ?? String(ADMISSION_OVERLAP_SECONDS)
  const isMeant = values.rotate === true || values['overlap-seconds'] === undefined
  if (!isMeant) throw new OptionsError('--overlap-seconds goes with --rotate')
  if (!/^[0-9]{1,5}$/.test(seconds) || Number(seconds) > OVERLAP_SECONDS_MAX) {
    throw new OptionsError(`--overlap-seconds must be a number from 0 to ${OVERLAP_SECONDS_MAX}`)
  }
  return values.rotate === true ? Number(seconds) : undefined
}

function readChange(values: Values): SettingsChange {
  return {
    ...defined({
      publishableMayBook: readSwitch(values, 'publishable-may-book'),
      publishableMayOpenChannels: readSwitch(values, 'publishable-may-open-channels'),
    }),
    ...defined({
      liveHoldsMax: readCap(values, 'live-holds-max', { from: 1, to: 999_999 }),
      holdMinutesMax: readCap(values, 'hold-minutes-max', { from: 1, to: HOLD_MS_MAX / MINUTE_MS }),
      extensionsMax: readCap(values, 'extensions-max', { from: 0, to: 999 }),
    }),
  }
}

/** A cap, null where there is to be none, undefined where nothing is said of it. */
function readCap(
  values: Values,
  name: 'live-holds-max' | 'hold-minutes-max' | 'extensions-max',
  { from, to }: { from: number; to: number },
): number | null | undefined {
  const { [name]: text } = values
  if (text === undefined) return undefined
  if (text === 'none') return null
  const cap = Number(text)
  if (/^[0-9]{1,6}$/.test(text) && cap >= from && cap <= to) return cap
  throw new OptionsError(`--${name} must be a number from ${from} to ${to} or none, not ${text}`)
}

function readSwitch(
  values: Values,
  name: 'publishable-may-book' | 'publishable-may-open-channels',
): boolean | undefined {
  const value = values[name]
  if (value === undefined) return undefined
  if (value === 'true' || value === 'false') return value === 'true'
  throw new OptionsError(`--${name} must be true or false, not ${value}`)
}

function required(argument: string | undefined, message: string): string {
  if (argument === undefined || argument === '') throw new OptionsError(message)
  return argument
}
