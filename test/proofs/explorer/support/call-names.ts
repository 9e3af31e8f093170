import type { Key } from '../../../../lib/store/table/table.ts'
import type { Pending } from './instance.ts'
import { statementIn } from './statements.ts'
import type { Request } from './tiny-table.ts'
import { sortOf } from './view.ts'

// Short names of calls, the same in every exploration: lists of choices are made of them.

/** What a call is for, and on what. */
export function nameOf(request: Request): string {
  const statement = statementIn(request)
  if (statement !== undefined) {
    const sort = sortOf(statement.key)
    return `${statement.kind}-${sort === 'row' ? statement.key.sk : sort}`
  }
  const { operation, input } = request
  const key = (input['Key'] ?? input['Item']) as Key | undefined
  switch (operation) {
    case 'BatchGetItem':
      return 'read'
    case 'Query':
      return 'list'
    case 'TransactWriteItems':
      return transactionName(input['TransactItems'] as Record<string, Part>[])
    default:
      return key === undefined ? operation : itemName(operation, key, input)
  }
}

interface Part {
  readonly Item?: Key
  readonly UpdateExpression?: string
}

function transactionName(items: readonly Record<string, Part>[]): string {
  const puts = items.flatMap((item) => item['Put']?.Item ?? [])
  if (puts.some((key) => sortOf(key) === 'header')) return 'open'
  const updates = items.flatMap((item) => item['Update'] ?? [])
  const texts = updates.map(({ UpdateExpression: text = '' }) => text)
  if (texts.some((text) => text.startsWith('SET lk'))) return 'lock'
  if (texts.some((text) => text.startsWith('SET st = :committed'))) return 'decide'
  return puts.length > 0 && puts.length === items.length ? 'apply' : 'commit'
}

function itemName(operation: string, key: Key, input: Request['input']): string {
  const sort = sortOf(key)
  const what = sort === 'row' ? key.sk : sort
  if (operation !== 'UpdateItem') return `${verbs[operation] ?? operation}-${what}`
  const update = String(input['UpdateExpression'])
  const verb = updates.find(([start]) => update.startsWith(start))?.[1] ?? 'update'
  return sort === 'header' ? verb : `${verb}-${what}`
}

const verbs: Record<string, string> = { GetItem: 'read', PutItem: 'put', DeleteItem: 'remove' }

const updates = [
  ['SET lk', 'lock'],
  ['REMOVE lk', 'unlock'],
  ['SET st = :committed', 'decide'],
  ['SET st = :aborted', 'abort'],
  ['SET fin', 'finish'],
] as const

/** Names for an actor's calls that wait: of equal ones, the later have a number. */
export function namesOf(pending: readonly Pending[]): string[] {
  const seen = new Map<string, number>()
  return pending.map(({ request }) => {
    const name = nameOf(request)
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}#${count}`
  })
}
