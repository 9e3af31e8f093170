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
