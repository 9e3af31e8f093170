import type { Caller } from '../actions/context.ts'

/** A caller, whichever address the request came from. */
export type KnownCaller = Omit<Caller, 'address'>

/** Keys looked up lately, by the key itself and the workspace that it was used for; lives in memory only. */
export type KeyCache = Map<string, { readonly caller: KnownCaller; readonly foundAt: number }>
