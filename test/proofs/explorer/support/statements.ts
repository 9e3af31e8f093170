import type { Item } from '../../../../lib/store/table/items.ts'
import type { Key } from '../../../../lib/store/table/table.ts'
import { connectionLost, type Command } from '../../../support/plain-client.ts'

// Statements as the store sends them, and no more of the language: an INSERT of an item, an UPDATE of one key. A batch of them is as many
// calls as it has statements: each is made, lands or is lost by itself, in whatever order, and the batch is answered when all are.

/** A statement, with its values in their places. */
export interface Statement {
  readonly kind: 'put' | 'lock' | 'unlock'
  readonly isInsert: boolean
  readonly key: Key
  holds(before: Item | undefined): boolean
  after(before: Item | undefined): Item
  /** Whether it hands back what was there before. */
  readonly isShown: boolean
}

/** A call of one statement, or another. */
interface Call {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

interface Sent {
  readonly Statement: string
  readonly Parameters: readonly unknown[]
}

/** The statements of a batch, each as a command of its own; undefined for other commands. */
export function statementCommands(command: Command): Command[] | undefined {
  if (command.constructor.name !== 'BatchExecuteStatementCommand') return undefined
  const { Statements } = command.input as { Statements: Sent[] }
  const One = command.constructor as new (input: object) => Command
  return Statements.map((one) => new One({ Statements: [one] }))
}

/** One answer of all, or none where one is lost. */
export async function answerTogether(
  calls: readonly Promise<Record<string, unknown>>[],
): Promise<Record<string, unknown>> {
  const answers = await Promise.allSettled(calls)
  return {
    Responses: answers.flatMap((answer) => {
      if (answer.status === 'rejected') throw connectionLost()
      return answer.value['Responses'] as object[]
    }),
  }
}

/** The one statement of a request. */
export function statementIn({ operation, input }: Call): Statement | undefined {
  if (operation !== 'BatchExecuteStatement') return undefined
  const [one] = input['Statements'] as [Sent]
  return one.Statement.startsWith('INSERT') ? insertOf(one) : updateOf(one)
}

function insertOf({ Statement: text, Parameters: values }: Sent): Statement {
  const names = Array.from(text.matchAll(/'(\w+)': \?/g), ([, name = '']) => name)
  const item: Item = Object.fromEntries<unknown>(names.map((name, place) => [name, values[place]]))
  return {
    kind: item['lk'] === undefined ? 'put' : 'lock',
    isInsert: true,
    key: { pk: String(item['pk']), sk: String(item['sk']) },
    holds: (before) => before === undefined,
    after: () => item,
    isShown: false,
  }
}

function updateOf({ Statement: text, Parameters: values }: Sent): Statement {
  const parts = /^UPDATE "tiny" (.*) WHERE "pk" = \? AND "sk" = \? AND (.*?)( RETURNING .*)?$/.exec(
    text,
  )
  if (parts === null) throw new Error(`Cannot read the statement ${text}`)
  const [, changes = '', where = '', returning] = parts
  const sets = Array.from(changes.matchAll(/SET "(\w+)" = \?/g), ([, name = '']) => name)
  const removes = Array.from(changes.matchAll(/REMOVE "(\w+)"/g), ([, name = '']) => name)
  const set = sets.map((name, place) => [name, values[place]] as const)
  const [pk, sk, ...rest] = values.slice(sets.length)
  const kind = sets.length === 0 ? 'unlock' : sets.includes('lk') ? 'lock' : 'put'
  return {
    kind,
    isInsert: false,
    key: { pk: String(pk), sk: String(sk) },
    holds: (before) => before !== undefined && isMet(before, where, rest),
    after: (before) => {
      const kept = Object.entries(before ?? {}).filter(([name]) => !removes.includes(name))
      return Object.fromEntries<unknown>([...kept, ...set])
    },
    isShown: returning === ' RETURNING ALL OLD *',
  }
}

function isMet(item: Item, where: string, values: readonly unknown[]): boolean {
  let place = 0
  return where.split(' AND ').every((clause) => {
    const [, name = '', test = ''] = /^"(\w+)" (.*)$/.exec(clause) ?? []
    const value = item[name] as unknown
    if (test === 'IS MISSING') return value === undefined
    const other = values[place]
    place += 1
    if (test === '= ?') return value === other
    if (test === '<> ?') return value !== other
    if (test === '> ?') return typeof value === 'number' && value > Number(other)
    throw new Error(`Cannot read the condition ${clause}`)
  })
}
