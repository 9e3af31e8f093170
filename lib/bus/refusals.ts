// What a bus or a queue says of an entry that it will not take however often it is sent. Whatever else it says may change: it is
// busy, or a permission or the queue itself is missing; then whoever sends must try again, since nothing may be lost.

/** Names of errors that are about an entry itself. */
const FOR_GOOD = new Set([
  // SQS
  'BatchRequestTooLong',
  'InvalidMessageContents',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  // EventBridge
  'InvalidArgument',
  'MalformedDetail',
  'RedactionFailure',
  'ValidationException',
])

/** An entry that was refused for good: its place among those that were to be sent, and the reason. */
export interface RefusedEntry {
  readonly place: number
  readonly reason: string
}

/** Whether sending the same again is of no use. */
export function isForGood(code: string | undefined): boolean {
  // SQS has older names, with its own in front.
  return FOR_GOOD.has(code?.split('.').at(-1) ?? '')
}

/**
 * Sends a batch; answers what came of it. A request that is refused for good as a whole says nothing of its entries: each is sent by
 * itself then, and `refused` makes the answer for one that is refused even so. Throws what may change.
 */
export async function sendOrEach<Entry extends { readonly place: number }, Sent>(
  batch: readonly Entry[],
  send: (batch: readonly Entry[]) => Promise<Sent>,
  refused: (entry: RefusedEntry) => Sent,
): Promise<Sent[]> {
  try {
    return [await send(batch)]
  } catch (error) {
    const { name, message: reason } = error as Error
    if (!isForGood(name)) throw error
    const [first, ...others] = batch
    if (first === undefined) return []
    if (others.length === 0) return [refused({ place: first.place, reason })]
    const sent: Sent[] = []
    for (const entry of batch) sent.push(...(await sendOrEach([entry], send, refused)))
    return sent
  }
}
