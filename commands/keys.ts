import type { Administration } from '../lib/actions/companies/administration.ts'
import { systemClock } from '../lib/clock.ts'
import { secureIds } from '../lib/ids.ts'
import { openPort } from '../lib/store/table/port.ts'
import { openStore } from '../lib/store/table/store.ts'
import { runKeysCommand } from './key-commands.ts'
import { readKeysOptions, usage, type Where } from './keys-options.ts'
import { OptionsError } from '../local/options.ts'
import { inWords } from '../local/plain-words.ts'
import { findProduct } from '../local/running-product.ts'

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
    const lines = await runKeysCommand(administration, where.workspaceId, command)
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

function describe(error: unknown, isMendable: boolean): string {
  const message = inWords(error)
  return isMendable ? message : `The table could not be reached or used: ${message}`
}

await main()
