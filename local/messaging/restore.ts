import type { Clock, Instant } from '@holdfast/embedded/clock'
import { DEFAULT_BUS, type EventBus, type RuleRecord } from './buses.ts'
import { toRule } from './events-rules.ts'
import { newQueue, place, type MessageBody, type MessageState, type Queue } from './queue.ts'
import type { QueueAttributes } from './queue-attributes.ts'

/** Everything that a vault holds, by key. */
export type Contents = ReadonlyMap<string, unknown>

/** What a new vault holds. */
export const emptyContents: Contents = new Map()

/** Makes queues and buses of what was kept of them. */
export function restore(
  contents: Contents,
  clock: Clock,
): { queues: Map<string, Queue>; buses: Map<string, EventBus> } {
  const queues = new Map<string, Queue>()
  const buses = new Map<string, EventBus>()
  buses.set(DEFAULT_BUS, { name: DEFAULT_BUS, createdAt: clock.now(), rules: new Map() })
  for (const kept of valuesUnder<KeptQueue>(contents, 'queue/')) {
    queues.set(kept.name, newQueue(kept))
  }
  for (const { name, createdAt } of valuesUnder<KeptBus>(contents, 'bus/')) {
    buses.set(name, { name, createdAt, rules: new Map() })
  }
  for (const { bus, ...record } of valuesUnder<KeptRule>(contents, 'rule/')) {
    buses.get(bus)?.rules.set(record.name, toRule(record))
  }
  for (const queue of queues.values()) fill(queue, contents)
  return { queues, buses }
}

interface KeptQueue {
  readonly name: string
  readonly createdAt: Instant
  readonly modifiedAt: Instant
  readonly attributes: QueueAttributes
}

interface KeptBus {
  readonly name: string
  readonly createdAt: Instant
}

type KeptRule = RuleRecord & { readonly bus: string }

/** A body without its state, or a state without its body, cannot be: both are written together. */
function fill(queue: Queue, contents: Contents): void {
  for (const body of valuesUnder<MessageBody>(contents, `body/${queue.name}/`)) {
    const state = contents.get(`state/${queue.name}/${body.messageId}`)
    if (state !== undefined) place(queue, { ...body, state: state as MessageState })
  }
}

function valuesUnder<Value>(contents: Contents, prefix: string): Value[] {
  const found: Value[] = []
  for (const [key, value] of contents) if (key.startsWith(prefix)) found.push(value as Value)
  return found
}
