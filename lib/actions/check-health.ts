import { ping } from '../store/table/ping.ts'
import type { Context } from './context.ts'

/** Answers when the store can be reached. */
export async function checkHealth({ store }: Pick<Context, 'store'>): Promise<void> {
  await ping(store)
}
