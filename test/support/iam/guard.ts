import { runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate'
import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import { grants, type AccessClass, type Grants, type SentQueue } from '../../../infra/grants.ts'
import { tableStatements } from '../../../infra/stacks/table-statements.ts'
import { accessesOf, type Access } from './accesses.ts'

// Stands for IAM around the embedded table: while a function runs, each of its calls, whole, is put to a simulator of IAM with the
// policy of its role. So a permission that is missing fails the test that needs it.

const running = new AsyncLocalStorage<string>()

const roles = new Map(
  readFileSync(new URL('../../../docs/roles.txt', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.split(/ +/))
    .map(([name = '', accessClass]) => [name, accessClass as AccessClass]),
)

const denials: string[] = []

/** Runs something as a function of that name, `seatbuilder/hold-seats`: all calls made meanwhile are its own. */
export function runAs<Result>(name: string, work: () => Result): Result {
  return running.run(name, work)
}

/** Whose role is missing what for this call to the table; undefined if it may be made, or nobody in particular makes it. */
export function denialOf(operation: string, input: Record<string, unknown>): string | undefined {
  return deny((its) => {
    const missing = accessesOf(operation, input).find((access) => !isGranted(its, access))
    return missing && `${missing.action} on ${missing.partitions.join(' and ') || 'no partition'}`
  })
}

/** The same for a call to the bus, or to a queue by its name. */
export function denialOfMessaging(
  operation: string,
  queue: SentQueue | undefined,
): string | undefined {
  return deny(({ bus = [], sends = [], receives = [] }) => {
    if (operation === 'ReceiveMessage' || operation === 'DeleteMessageBatch') {
      return queue !== undefined && receives.includes(queue) ? undefined : `sqs:${operation}`
    }
    if (operation !== 'SendMessageBatch') {
      return bus.some((it) => it === operation) ? undefined : `events:${operation}`
    }
    return queue !== undefined && sends.includes(queue)
      ? undefined
      : `sqs:SendMessage to ${queue ?? '?'}`
  })
}

function deny(missingIn: (its: Grants) => string | undefined): string | undefined {
  const name = running.getStore()
  if (name === undefined) return undefined
  const accessClass = roles.get(name)
  const missing = missingIn((accessClass && grants[accessClass]) ?? { table: [] })
  if (missing === undefined) return undefined
  const denial = `${name} (${accessClass ?? 'without a role'}) may not ${missing}`
  denials.push(denial)
  return denial
}

/** Takes what was denied since it was last asked. */
export function takeDenials(): string[] {
  return denials.splice(0)
}

/** Judgements so far, by grants: the suite makes the same few kinds of calls again and again. */
const judged = new WeakMap<Grants, Map<string, boolean>>()

/** Whether the policy that is made of grants allows an access: what an independent simulator of IAM says. */
export function isGranted(its: Grants, access: Access): boolean {
  // Patterns end at the first `#`: what follows in a key decides nothing.
  const kinds = new Set(access.partitions.map((key) => key.replace(/#.*/, '#')))
  const shape = [access.action, ...[...kinds].sort()].join(' ')
  const ofGrants = judged.get(its) ?? new Map<string, boolean>()
  judged.set(its, ofGrants)
  const found = ofGrants.get(shape) ?? simulate(tableStatements(its, TABLE_ARN), access)
  ofGrants.set(shape, found)
  return found
}

/** A table that policies name here. */
export const TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:123456789012:table/holdfast'

function simulate(statements: readonly unknown[], { action, partitions }: Access): boolean {
  return runUnsafeSimulation(simulationOf(statements, { action, partitions }), {}) === 'Allowed'
}

/** A request of a role with these statements, for the simulator. */
export function simulationOf(
  statements: readonly unknown[],
  { action, partitions }: Access,
): Simulation {
  const everything = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  }
  return {
    request: {
      principal: 'arn:aws:iam::123456789012:role/holdfast',
      action,
      resource: { resource: TABLE_ARN, accountId: '123456789012' },
      contextVariables: partitions.length === 0 ? {} : { 'dynamodb:LeadingKeys': [...partitions] },
    },
    identityPolicies: [{ name: 'work', policy: { Version: '2012-10-17', Statement: statements } }],
    serviceControlPolicies: [
      { orgIdentifier: 'o', policies: [{ name: 'everything', policy: everything }] },
    ],
    resourceControlPolicies: [],
  }
}
