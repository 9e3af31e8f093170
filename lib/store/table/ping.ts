import type { Port } from './port.ts'
import { getItem } from './read.ts'
import { keys } from './table.ts'

/** Asks the table for something that is not there: answers at all only when it can be reached. */
export async function ping(port: Port): Promise<void> {
  await getItem(port, keys.apiKey('ping'))
}
