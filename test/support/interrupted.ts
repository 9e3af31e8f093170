import type { Context } from '../../lib/actions/context.ts'
import type { Holdfast } from './holdfast.ts'
import { intercepted, isCommand } from './intercepted.ts'

/** What a kind of read asks the table last. */
const lastOf = {
  findHeldRows: 'BatchGetCommand',
  getHoldToken: 'GetCommand',
  readSeats: 'BatchGetCommand',
} as const

/** A context whose first read of that kind is followed by something else, before the action gets what was read. */
export function interrupted(
  holdfast: Holdfast,
  after: keyof typeof lastOf,
  intrude: () => Promise<unknown>,
): Context {
  const plain = holdfast.context()
  let isFirst = true
  const store = intercepted(plain.store, {
    reads: async (command, send) => {
      const answer = await send()
      if (isFirst && isCommand(command, lastOf[after])) {
        isFirst = false
        await intrude()
      }
      return answer
    },
  })
  return { ...plain, store }
}
