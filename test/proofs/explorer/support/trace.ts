import { textOf, type Table } from './catalog.ts'
import type { Choice, Stage, State } from './state.ts'
import { choicesOf, take } from './steps.ts'
import type { OpenStage } from './stage.ts'
import { Violation } from './rules.ts'
import type { Request } from './tiny-table.ts'

// A list of choices, made again and told as a story.

/** Makes the choices of a list, one by one, and tells what each did; the last line says what was wrong, if anything. */
export async function tell(stage: OpenStage, choices: readonly string[]): Promise<string[]> {
  const [first = 'begin:0', ...rest] = choices
  let state = (await stage.beginnings())[Number(first.replace('begin:', ''))]
  if (state === undefined) throw new Error(`There is no beginning ${first}`)
  const lines: string[] = []
  for (const text of rest) {
    const choice = choicesOf(stage, state).find((it) => it.text === text)
    if (choice === undefined)
      throw new Error(`There is no choice ${text} after ${lines.length} steps`)
    lines.push(`${text.padEnd(14)} ${said(stage, state, choice)}`)
    const before = state
    try {
      state = await take(stage, state, choice)
      lines.push(...changes(stage, before, state.table).map((line) => `    ${line}`))
      await stage.judge(state)
    } catch (error) {
      if (!(error instanceof Violation)) throw error
      return [...lines, `WRONG: ${error.message}`]
    }
  }
  return lines
}

function said(stage: Stage, state: State, choice: Choice): string {
  switch (choice.kind) {
    case 'hear':
      return `${shown(choice.pending.request)} → ${answerTo(stage, state, choice.pending.request)}`
    case 'lose':
      return `${shown(choice.pending.request)} → its answer is lost, and it may land later`
    case 'delay':
      return `${shown(choice.pending.request)} → its answer is late`
    case 'turn-away':
      return `${shown(choice.pending.request)} → turned away`
    case 'land':
      return `lands late: ${shown(choice.stray.pending.request)} → ${answerTo(stage, state, choice.stray.pending.request)}`
    case 'deliver':
      return `a late answer arrives: ${choice.late.answer.text}`
    case 'work':
      return 'a worker begins'
    case 'wait':
      return `time passes, to ${stage.scene.times[state.time + 1] ?? 0}`
    case 'recover':
      return 'everybody stops, deadlines pass, recovery runs, everybody goes on'
  }
}

function answerTo({ tiny }: Stage, { table }: State, request: Request): string {
  return tiny.run(table, request).answer.text.replace(/( ?[A-Za-z]*:?\d+)+$/, '')
}

function shown({ operation, input }: Request): string {
  if (operation === 'BatchGetItem') return 'BatchGetItem'
  if (operation === 'TransactWriteItems') {
    const parts = (input['TransactItems'] as Record<string, Record<string, unknown>>[]).map(
      (item) => Object.entries(item).map(([kind, part]) => `${kind} ${keyOf(part)}`),
    )
    return `TransactWriteItems ${parts.flat().join(', ')}`
  }
  const what = [input['UpdateExpression'], input['ConditionExpression']].filter(Boolean)
  return [operation, keyOf(input), ...(what.length === 0 ? [] : [`(${what.join(' if ')})`])].join(
    ' ',
  )
}

function keyOf(part: Record<string, unknown>): string {
  const { pk, sk } = (part['Key'] ?? part['Item'] ?? {}) as { pk?: string; sk?: string }
  return `${pk ?? ''}/${sk ?? ''}`
}

function changes({ catalog }: Stage, { table: before }: State, after: Table): string[] {
  return after.flatMap((itemId, keyId) => {
    if ((before[keyId] ?? 0) === itemId) return []
    const { pk, sk } = catalog.keyAt(keyId)
    if (pk.startsWith('token ')) return []
    const item = catalog.itemAt(itemId)
    const fields = Object.entries(item ?? {}).filter(([name]) => name !== 'pk' && name !== 'sk')
    return [`${pk}/${sk} = ${item === undefined ? 'gone' : textOf(Object.fromEntries(fields))}`]
  })
}
