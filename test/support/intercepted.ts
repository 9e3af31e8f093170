import type { Store } from '../../lib/store/table/store.ts'
import type { Command } from './plain-client.ts'

// Where a test has something happen between the store and its table: the functions of the store are never replaced, only what
// they send and get. What is sent is what DynamoDB would see, and what comes back is what it could answer.

type Answer = Record<string, unknown>

/** Gets each command on its way, and sends it on or does not. */
export type Interceptor = (command: Command, send: () => Promise<Answer>) => Promise<Answer>

/** A store whose reads or writes pass through a test; it remembers what the given one does. */
export function intercepted(
  store: Store,
  { reads, writes }: { reads?: Interceptor; writes?: Interceptor },
): Store {
  return {
    ...store,
    reader: reads === undefined ? store.reader : through(store.reader, reads),
    writer: writes === undefined ? store.writer : through(store.writer, writes),
  }
}

function through(client: Store['reader'], intercept: Interceptor): Store['reader'] {
  const send = (command: Command) =>
    intercept(command, () => client.send(command as never) as Promise<Answer>)
  return { send } as unknown as Store['reader']
}

/** The names of commands: the classes that the SDK has for them. */
export function isCommand(command: Command, ...names: readonly string[]): boolean {
  return names.includes(command.constructor.name)
}

/**
 * A store whose next batch is answered from what a read found earlier, however long ago: a stale read. What that read did not ask
 * for is read now.
 */
export async function staleStore(
  store: Store,
  read: (store: Store) => Promise<unknown>,
): Promise<Store> {
  const { tableName } = store
  const found = new Map<string, unknown>()
  const recording = intercepted(store, {
    reads: async (command, send) => {
      const answer = await send()
      if (!isCommand(command, 'BatchGetCommand')) return answer
      for (const key of keysIn(command, tableName)) found.set(nameOf(key), undefined)
      for (const item of itemsIn(answer, tableName)) found.set(nameOf(item), item)
      return answer
    },
  })
  await read(recording)
  let isStale = true
  return intercepted(store, {
    reads: async (command, send) => {
      if (!isStale || !isCommand(command, 'BatchGetCommand')) return send()
      isStale = false
      const names = keysIn(command, tableName).map(nameOf)
      const fresh = names.every((name) => found.has(name)) ? [] : itemsIn(await send(), tableName)
      const now = fresh.filter((item) => !found.has(nameOf(item)))
      const then = names.flatMap((name) => found.get(name) ?? [])
      return { Responses: { [tableName]: [...then, ...now] } }
    },
  })
}

interface Key {
  readonly pk: string
  readonly sk: string
}

function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`
}

function keysIn({ input }: Command, tableName: string): Key[] {
  const { RequestItems } = input as { RequestItems: Record<string, { Keys: Key[] }> }
  return RequestItems[tableName]?.Keys ?? []
}

function itemsIn(answer: Answer, tableName: string): Key[] {
  const { Responses } = answer as { Responses?: Record<string, Key[]> }
  return Responses?.[tableName] ?? []
}
