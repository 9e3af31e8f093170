import type { Catalog, Table } from './catalog.ts'
import type { End, Pending } from './instance.ts'
import type { Local, Machine } from './machine.ts'
import type { Bounds, Job, Scene } from './scene.ts'
import type { Answer, Request, TinyTable } from './tiny-table.ts'

/** A call on its way whose sender has given up on it. */
export interface Stray {
  readonly role: number
  readonly pending: Pending
}

/** An answer on its way, by what was asked: nodes of an actor that are the same may count its calls differently. */
export interface Late {
  readonly role: number
  readonly request: Request
  readonly answer: Answer
  /** Index of the time at which it was given. */
  readonly since: number
}

export interface State {
  readonly table: Table
  readonly locals: readonly Local[]
  readonly strays: readonly Stray[]
  readonly late: readonly Late[]
  /** Rows whose lock landed when its operation was over: the stream will tell a worker. By key. */
  readonly alarms: readonly number[]
  /** Index of the time. */
  readonly time: number
  readonly faults: number
  readonly recoveries: number
  readonly jobs: number
  /** When each role begins: index of the time. */
  readonly starts: readonly number[]
}

/** A step, with its name in a list of choices. */
export type Choice = { readonly text: string } & (
  | {
      readonly kind: 'hear' | 'lose' | 'delay' | 'turn-away'
      readonly role: number
      readonly pending: Pending
    }
  | { readonly kind: 'land'; readonly stray: Stray }
  | { readonly kind: 'deliver'; readonly late: Late }
  | { readonly kind: 'work'; readonly role: number; readonly job: Job }
  | { readonly kind: 'wait' | 'recover' }
)

/** A scene that is being played: its numbers, its actors, its rules. */
export interface Stage {
  readonly scene: Scene
  readonly bounds: Bounds
  readonly catalog: Catalog
  readonly tiny: TinyTable
  /** Partitions that nobody ever changes. */
  readonly fixed: ReadonlySet<string>
  machineOf(role: number): Machine
  /** Checks a step of the table; answers for which rows a worker will be told of a lock. */
  watch(state: State, table: Table, pending: Pending): readonly number[]
  /** Checks what somebody was told. */
  hearEnd(state: State, role: number, end: End): void
  /** What recovery leaves of a state, when everybody has stopped. */
  recover(state: State): Promise<Table>
}

/** A state as numbers, the same for equal states. */
export function numbersOf(state: State): number[] {
  const numbers: number[] = []
  for (const [keyId, itemId] of state.table.entries()) if (itemId !== 0) numbers.push(keyId, itemId)
  numbers.push(-1)
  for (const { id } of state.locals) numbers.push(id)
  numbers.push(-2)
  for (const { pending } of state.strays) numbers.push(pending.request.id, pending.sentAt)
  numbers.push(-3)
  for (const { role, request, answer, since } of state.late) {
    numbers.push(role, request.id, numberOf(answer.text), since)
  }
  const { alarms, time, faults, recoveries, jobs, starts } = state
  numbers.push(-4, ...alarms, -5, time, faults, recoveries, jobs, ...starts)
  return numbers
}

const texts = new Map<string, number>()

function numberOf(text: string): number {
  const known = texts.get(text) ?? texts.size + 1
  texts.set(text, known)
  return known
}
