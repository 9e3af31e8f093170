import type { PlainRequest } from './plain-client.ts'
import { statementsOf } from './statements.ts'

/** The writes of a large commit, in their order; a checked row is unlocked instead of applied. */
export const phases = [
  'details',
  'open',
  'lock',
  'decide',
  'history',
  'hold entry',
  'apply',
  'finish',
] as const

/** What a write is for. */
export type Phase = (typeof phases)[number] | 'abort' | 'undo' | 'recovery list' | 'other'

const updates: readonly (readonly [string, Phase])[] = [
  ['SET lk', 'lock'],
  ['SET st = :committed', 'decide'],
  ['SET st = :aborted', 'abort'],
  ['REMOVE lk', 'undo'],
  ['SET fin', 'finish'],
]

const puts: readonly (readonly [string, Phase])[] = [
  ['O#', 'details'],
  ['L#', 'history'],
  ['T#', 'hold entry'],
  ['S#', 'apply'],
  ['R', 'recovery list'],
]

/** Reads from a write what it is for. */
export function phaseOf({ operation, input }: PlainRequest): Phase {
  const { UpdateExpression: update = '', Item: item } = input as {
    UpdateExpression?: string
    Item?: { pk?: { S?: string } }
  }
  if (operation === 'TransactWriteItems') return 'open'
  if (operation === 'BatchExecuteStatement') return phaseOfStatement({ operation, input })
  const [known, text] = operation === 'UpdateItem' ? [updates, update] : [puts, item?.pk?.S ?? '']
  return known.find(([start]) => text.startsWith(start))?.[1] ?? 'other'
}

/** What the first statement of a batch is for; all of them are for the same. */
function phaseOfStatement(request: PlainRequest): Phase {
  const [first] = statementsOf(request) ?? []
  const [{ Statement: text, Parameters: [partition] = [] }] = first?.input['Statements'] as [Sent]
  if (/ SET "lk"|'lk'/.test(text)) return 'lock'
  if (text.startsWith('UPDATE')) return text.includes(' SET ') ? 'apply' : 'undo'
  return puts.find(([start]) => partition?.S?.startsWith(start))?.[1] ?? 'other'
}

interface Sent {
  readonly Statement: string
  readonly Parameters?: readonly { readonly S?: string }[]
}
