import type { Context } from '../../../lib/actions/context.ts'
import type { PlainProcess } from '../../support/plain-holdfast.ts'

// A process that goes on by one call at a time, and one that has something done around each call.

/** A process that makes a call when it is told to. */
export interface Stepped {
  readonly isBusy: () => boolean
  readonly begin: (work: (context: Context) => Promise<void>) => void
  /** Makes the next call, and awaits that another is due, or that there is nothing more to do. */
  readonly step: () => Promise<void>
}

/** Steps a process. */
export function stepped({ context }: PlainProcess): Stepped {
  const due: (() => void)[] = []
  let [isBusy, running] = [false, 0]
  let failure: unknown
  let look = () => {}
  around(context, async (call) => {
    await new Promise<void>((resolve) => {
      due.push(resolve)
      look()
    })
    return call().finally(() => {
      running -= 1
      look()
    })
  })
  const settled = () =>
    new Promise<void>((resolve) => {
      look = () => {
        if (running === 0 && (due.length > 0 || !isBusy)) resolve()
      }
      look()
    })
  const end = () => {
    isBusy = false
    look()
  }
  return {
    isBusy: () => isBusy,
    begin: (work) => {
      isBusy = true
      work(context)
        .catch((error: unknown) => (failure = error))
        .finally(end)
    },
    step: async () => {
      await settled()
      const call = due.shift()
      if (call !== undefined) running += 1
      call?.()
      await settled()
      if (failure !== undefined) throw new Error('A change failed', { cause: failure })
    },
  }
}

/** Has something done around each call of a process. */
export function around(
  { store }: Context,
  doing: (call: () => Promise<unknown>) => Promise<unknown>,
): void {
  for (const name of ['reader', 'writer'] as const) {
    const { [name]: client } = store
    const send = client.send.bind(client) as (command: unknown) => Promise<unknown>
    Object.assign(store, { [name]: { send: (command: unknown) => doing(() => send(command)) } })
  }
}
