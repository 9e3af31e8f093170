import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import { grants, type AccessClass, type Grants, type SentQueue } from '../../../infra/grants.ts'
import { partitions } from '../../../infra/partitions.ts'
import { accessesOf, type Access } from './accesses.ts'

// Stands for IAM around the embedded table: while a function runs, each of its calls is held against the grants of its role. So
// a permission that is missing fails the test that needs it.

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
    return missing && `${missing.action} on ${missing.partition ?? 'no partition'}`
  })
}

/** The same for a call to the bus, or to a queue by its name. */
export function denialOfMessaging(
  operation: string,
  queue: SentQueue | undefined,
): string | undefined {
  return deny(({ bus = [], sends = [] }) => {
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

/** Whether grants allow one access, as the policy that is made of them would. */
export function isGranted(its: Grants, { action, partition }: Access): boolean {
  if (partition === undefined) return false
  return its.table.some(
    ({ actions, partitions: names }) =>
      actions.some((name) => `dynamodb:${name}` === action) &&
      names.some((name) => isLike(partitions[name], partition)),
  )
}

/** IAM's StringLike, as far as our patterns use it: a star at the end. */
function isLike(pattern: string, text: string): boolean {
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern
}
