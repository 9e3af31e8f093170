import { openRuntime } from './open.ts'
import type { RootSecrets } from './secrets.ts'
import { ping } from './store/table/ping.ts'

/** What a function opens before its first call. */
export interface Opening {
  /** Fetches the root of what it derives; left out where it derives nothing. */
  readonly fetchSecret?: () => Promise<RootSecrets>
  /** Opens the bus; left out where nothing speaks to it. */
  readonly openBus?: () => unknown
  /** Whether the table is read once, so that the first caller does not wait for the connection. */
  readonly warmsTable: boolean
}

/**
 * Opens a function's surroundings while it starts. Throws when a variable is missing, by its name; a table that does not answer
 * is left to the first call.
 */
export async function initialize(opening: Opening): Promise<void> {
  const { fetchSecret, openBus, warmsTable } = opening
  const { store, log } = openRuntime(await fetchSecret?.())
  openBus?.()
  if (!warmsTable) return
  try {
    await ping(store)
  } catch (error) {
    log({ level: 'warn', message: 'The table did not answer at the start', error: String(error) })
  }
}
