import { AsyncLocalStorage } from 'node:async_hooks'

/** Which endpoint is running, as `POST /events`: everything that is awaited within belongs to it. */
export const running = new AsyncLocalStorage<string>()
