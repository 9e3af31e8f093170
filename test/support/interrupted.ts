import type { Context } from '../../lib/actions/context.ts'
import type { Holdfast } from './holdfast.ts'

/** A context whose first read of that kind is followed by something else, before the action gets what was read. */
export function interrupted(
  holdfast: Holdfast,
  after: 'findHeldRows' | 'getHoldToken' | 'readSeats',
  intrude: () => Promise<unknown>,
): Context {
  const plain = holdfast.context()
  let isFirst = true
  const read = async (wanted: never) => {
    const found: unknown = await plain.store[after](wanted)
    if (isFirst) {
      isFirst = false
      await intrude()
    }
    return found
  }
  return { ...plain, store: { ...plain.store, [after]: read } }
}
