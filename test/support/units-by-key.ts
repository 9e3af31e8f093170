import type { Runtime } from '../../lib/open.ts'
import { toRequest, type Command } from './plain-client.ts'

/** What was taken of partition keys. */
export interface Units {
  readonly reads: Map<string, number>
  readonly writes: Map<string, number>
}

interface Answer {
  readonly ConsumedCapacity?: Consumed | readonly Consumed[]
}

interface Consumed {
  readonly CapacityUnits: number
}

/**
 * Counts what the calls of a process take of each partition key, as the table tells it: of a call to several keys no key can have taken
 * more than all of it beyond one unit for each other item, and that much is counted.
 */
export function countUnits({ store }: Runtime, { reads, writes }: Units): void {
  for (const name of ['reader', 'writer'] as const) {
    const { [name]: client } = store
    const send = client.send.bind(client) as (command: unknown) => Promise<Answer>
    const counted = async (command: Command) => {
      Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' })
      const asked = touchedBy(toRequest(command).operation, command.input)
      const answer = await send(command)
      const consumed: readonly Consumed[] = [answer.ConsumedCapacity ?? []].flat()
      const all = consumed.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0)
      const surplus = all - asked.each * asked.keys.length
      const taken = asked.isWrite ? writes : reads
      for (const key of asked.keys) taken.set(key, (taken.get(key) ?? 0) + asked.each)
      for (const key of new Set(asked.keys)) taken.set(key, (taken.get(key) ?? 0) + surplus)
      return answer
    }
    Object.assign(store, { [name]: { send: counted } })
  }
}

interface Touched {
  /** The partition key of each item. */
  readonly keys: readonly string[]
  /** The least that an item takes. */
  readonly each: number
  readonly isWrite: boolean
}

type Keyed = { readonly pk: string }

function touchedBy(operation: string, input: object): Touched {
  const { ConsistentRead } = input as { ConsistentRead?: boolean }
  switch (operation) {
    case 'BatchGetItem': {
      const { RequestItems } = input as { RequestItems: Record<string, { Keys: Keyed[] }> }
      const keys = Object.values(RequestItems).flatMap(({ Keys }) => Keys.map(({ pk }) => pk))
      return { keys, each: 1, isWrite: false }
    }
    case 'TransactWriteItems': {
      const { TransactItems } = input as {
        TransactItems: Record<string, { Item?: Keyed; Key?: Keyed }>[]
      }
      const items = TransactItems.flatMap((item) => Object.values(item))
      return { keys: items.map((it) => (it.Item ?? it.Key)?.pk ?? ''), each: 2, isWrite: true }
    }
    case 'GetItem': {
      const { Key } = input as { Key: Keyed }
      return { keys: [Key.pk], each: ConsistentRead === true ? 1 : 0.5, isWrite: false }
    }
    case 'Query': {
      const { ExpressionAttributeValues: values } = input as {
        ExpressionAttributeValues: Record<string, string>
      }
      return { keys: [values[':pk'] ?? ''], each: 0, isWrite: false }
    }
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem': {
      const { Item, Key } = input as { Item?: Keyed; Key?: Keyed }
      return { keys: [(Item ?? Key)?.pk ?? ''], each: 1, isWrite: true }
    }
    default:
      throw new Error(`No request of a buyer is known to send ${operation}`)
  }
}
