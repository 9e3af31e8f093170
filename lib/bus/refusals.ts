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
