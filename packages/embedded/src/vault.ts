/** One step of an atomic batch. */
export type Step =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'del'; readonly key: string }

/** Where everything is kept that must outlive the process. It is read once, at the start. */
export interface Vault {
  /** Resolves once the steps are as safe as they get; all or none of them are. */
  write(steps: readonly Step[]): Promise<void>
  close(): Promise<void>
}

/** A vault that keeps nothing. */
export const memoryVault: Vault = {
  write: () => Promise.resolve(),
  close: () => Promise.resolve(),
}

/** Everything that a vault holds, by key. */
export type Contents = ReadonlyMap<string, unknown>

/** What a new vault holds. */
export const emptyContents: Contents = new Map()

/** What a vault holds under keys that begin so. */
export function valuesUnder<Value>(contents: Contents, prefix: string): Value[] {
  const found: Value[] = []
  for (const [key, value] of contents) if (key.startsWith(prefix)) found.push(value as Value)
  return found
}
