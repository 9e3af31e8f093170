import { reconcileWebhooks } from '../lib/afterwards/reconcile-webhooks.ts'
import { reportStuck } from '../lib/afterwards/report-stuck.ts'
import { systemClock, toIso } from '../lib/clock.ts'
import { openBusFromEnvironment } from '../lib/open-bus.ts'
import { openRuntime } from '../lib/open.ts'
import { readAdminOptions, usage, type AdminCommand } from './admin-options.ts'
import { environmentOfStage } from './deployed.ts'
import { runKeysCommand } from './key-commands.ts'
import { OptionsError } from '../local/options.ts'
import { inWords } from '../local/plain-words.ts'
import { moveWebhooks } from '../lib/store/webhooks/webhook-endpoints.ts'

// `npm run admin`: what the owner of a deployed stage does from a terminal, with AWS credentials of that account.

async function main(): Promise<void> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  try {
    const options = readAdminOptions(process.argv.slice(2))
    if (options === 'help') {
      process.stdout.write(usage)
      return
    }
    Object.assign(process.env, await environmentOfStage(options.where))
    const lines = await run(options.command)
    process.stdout.write(`${lines.join('\n')}\n`)
  } catch (error) {
    process.exitCode = 1
    const message = inWords(error)
    const isMendable = error instanceof OptionsError
    process.stderr.write(
      `${isMendable ? '' : 'The stage could not be reached or used: '}${message}\n`,
    )
  }
}

async function run(command: AdminCommand): Promise<string[]> {
  const { store, ids } = openRuntime()
  switch (command.name) {
    case 'keys': {
      const masterSecret = process.env['HOLDFAST_MASTER_SECRET'] ?? ''
      const administration = { store, ids, now: () => systemClock.now(), masterSecret }
      return runKeysCommand(administration, command.workspaceId, command.command)
    }
    case 'reconcile': {
      const bus = openBusFromEnvironment()
      const moved = command.isDryRun ? 0 : await moveWebhooks(store)
      const reconciliation = { store, bus, clock: systemClock }
      const { found, mended, failures } = await reconcileWebhooks(reconciliation, command)
      if (failures.length > 0) throw failures[0]
      const lines =
        moved === 0 ? [] : [`Moved webhooks of an earlier version to where they are now: ${moved}`]
      if (found.length === 0) return [...lines, 'Every rule is what its webhook says.']
      const told = new Set(mended.map(({ endpointId }) => endpointId))
      const drifts = found.map(({ endpointId, kind }) =>
        [endpointId, kind, told.has(endpointId) ? 'mended' : 'left as it is'].join('  '),
      )
      return [...lines, ...drifts]
    }
    case 'stuck': {
      const stuck = await reportStuck(store)
      if (stuck.length === 0) return ['Nothing is stuck.']
      return stuck.map(({ operationId, since, state }) =>
        [operationId, `due since ${toIso(since)}`, state].join('  '),
      )
    }
  }
}

await main()
