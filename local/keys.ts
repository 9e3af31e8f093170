import type { Administration } from '../lib/actions/administration.ts'
import { changeSettings } from '../lib/actions/change-settings.ts'
import { createCompany } from '../lib/actions/create-company.ts'
import { createKey } from '../lib/actions/create-key.ts'
import { listKeys } from '../lib/actions/list-keys.ts'
import { revokeKey } from '../lib/actions/revoke-key.ts'
import { systemClock, toIso } from '../lib/clock.ts'
import { secureIds } from '../lib/ids.ts'
import type { Outcome } from '../lib/inventory/refusals.ts'
import { openPort } from '../lib/store/port.ts'
import { openStore } from '../lib/store/store.ts'
import { readKeysOptions, usage, type Command, type Where } from './keys-options.ts'
import { OptionsError } from './options.ts'
import { findProduct } from './running-product.ts'

// `npm run keys`: the keys of a workspace, in the local product or at any DynamoDB endpoint.

async function main(): Promise<void> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  try {
    const options = readKeysOptions(process.argv.slice(2), process.env)
    if (options === 'help') {
      process.stdout.write(usage)
      return
    }
    const { command, where } = options
    const administration = await open(where)
    const lines = await run(administration, where.workspaceId, command)
    process.stdout.write(`${lines.join('\n')}\n`)
  } catch (error) {
    process.exitCode = 1
    process.stderr.write(`${describe(error, error instanceof OptionsError)}\n`)
  }
}

async function open(where: Where): Promise<Administration> {
  const product = where.endpoint === undefined ? await findProduct(where.port) : undefined
  if (where.endpoint === undefined && product === undefined) {
    throw new OptionsError(
      `No Holdfast of yours runs on port ${where.port}: run npm start, or name another with --port or --endpoint`,
    )
  }
  Object.assign(process.env, product?.environment ?? { AWS_ENDPOINT_URL_DYNAMODB: where.endpoint })
  const ids = secureIds(systemClock)
  const port = openPort({
    tableName: product?.tableName ?? where.tableName,
    client: {},
    clock: systemClock,
    ids,
    log: (line) => process.stderr.write(`${JSON.stringify(line)}\n`),
  })
  const masterSecret = product?.masterSecret ?? process.env['HOLDFAST_MASTER_SECRET'] ?? ''
  return { store: openStore(port), ids, now: () => systemClock.now(), masterSecret }
}

async function run(
  administration: Administration,
  workspaceId: string,
  command: Command,
): Promise<string[]> {
  switch (command.name) {
    case 'create':
      return describeNew(
        must(await createKey(mayDerive(administration), workspaceId, command.kind)),
      )
    case 'list':
      return must(await listKeys(administration, workspaceId)).map(
        ({ keyId, kind, createdAt, revokedAt }) =>
          [
            keyId,
            kind,
            toIso(createdAt),
            revokedAt ? `revoked ${toIso(revokedAt)}` : 'active',
          ].join('  '),
      )
    case 'revoke':
      must(await revokeKey(administration, workspaceId, command.keyId))
      return [`Revoked ${command.keyId}. It may open Holdfast for a minute more.`]
    case 'company':
      return describeCompany(mayDerive(administration), command.company)
    case 'settings': {
      const { settings } = must(await changeSettings(administration, workspaceId, command.change))
      return [
        `publishable-may-book  ${settings.publishableMayBook}`,
        `live-holds-max        ${settings.liveHoldsMax ?? 'none'}`,
      ]
    }
  }
}

async function describeCompany(administration: Administration, name: string): Promise<string[]> {
  const { company, workspaces } = await createCompany(administration, name)
  const lines = [`Company ${company.companyId}`]
  for (const workspace of workspaces) {
    lines.push(`${workspace.name}  ${workspace.workspaceId}`)
    for (const kind of ['secret', 'publishable'] as const) {
      const { key } = must(await createKey(administration, workspace.workspaceId, kind))
      lines.push(`  ${kind.padEnd(11)}  ${key}`)
    }
  }
  return [...lines, 'The keys are printed this once.']
}

function describeNew({ key, keyId }: { key: string; keyId: string }): string[] {
  return [key, `Its id is ${keyId}. The key is printed this once.`]
}

/** Without the master secret a key would be derived from nothing: anyone could make it. */
function mayDerive(administration: Administration): Administration {
  if (administration.masterSecret === '') {
    throw new OptionsError('Keys are derived from the master secret: set HOLDFAST_MASTER_SECRET')
  }
  return administration
}

function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  const { code, ...details } = outcome.refusal
  throw new OptionsError(`${code}: ${Object.values(details).join(', ')}`)
}

function describe(error: unknown, isMendable: boolean): string {
  const message = error instanceof Error ? error.message || error.name : String(error)
  return isMendable ? message : `The table could not be reached or used: ${message}`
}

await main()
