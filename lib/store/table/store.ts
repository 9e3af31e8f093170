import type { Port } from './port.ts'

/** What the functions of the store work with: a table, and what this process remembers of it. */
export interface Store extends Port {
  /** Each room's own, by the function that makes an empty one. */
  readonly memories: Map<unknown, unknown>
}

/** A store over a table, with nothing remembered; makes no call itself. */
export function openStore(port: Port): Store {
  return { ...port, memories: new Map() }
}

/** What this process remembers of one kind of thing; empty at first use, and the same from then on. */
export function memoryOf<Memory>(store: Store, makeEmpty: (store: Store) => Memory): Memory {
  const known = store.memories.get(makeEmpty) as Memory | undefined
  if (known !== undefined) return known
  const memory = makeEmpty(store)
  store.memories.set(makeEmpty, memory)
  return memory
}
