import type { PlainRequest } from './plain-client.ts'

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
  const [known, text] = operation === 'UpdateItem' ? [updates, update] : [puts, item?.pk?.S ?? '']
  return known.find(([start]) => text.startsWith(start))?.[1] ?? 'other'
}
