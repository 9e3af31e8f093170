import * as z from 'zod'
import { instant, toIso } from '@holdfast/embedded/clock'
import { ApiError } from '@holdfast/embedded/errors'
import { entryFailure } from '@holdfast/embedded/faults'
import { queueByArn } from '@holdfast/sqs/queues'
import { deliver } from '@holdfast/sqs/send'
import type { Step } from '@holdfast/embedded/vault'
import { operation, type BusEvent, type EventBridge } from './core.ts'
import { findBus, ruleArn, type EventBus, type Rule, type Target } from './buses.ts'
import { constraintError, validationError } from './errors.ts'
import { inputFor } from './transform.ts'

/** Entries that one request takes. */
const ENTRIES_MAX = 10

/** Bytes of all entries of one request. */
const REQUEST_BYTES_MAX = 262_144

/** Bytes that an entry's time counts for. */
const TIME_BYTES = 14

const entry = z.object({
  Time: z.number().optional(),
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  EventBusName: z.string().optional(),
})

type Entry = z.infer<typeof entry>

/** PutEvents: each entry is taken or refused for itself; what is taken is in its queues with the answer. */
export const putEvents = operation(
  z.object({ Entries: z.array(entry) }),
  async (core, { Entries: entries }, { failedEntries }) => {
    checkSize(entries)
    const steps: Step[] = []
    const answers = entries.map((one, at) => {
      try {
        if (failedEntries.has(at)) throw entryFailure
        const event = eventOf(core, one)
        steps.push(...publish(core, one.EventBusName, event))
        return { EventId: event.id }
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        return { ErrorCode: error.code, ErrorMessage: error.message }
      }
    })
    if (steps.length > 0) await core.vault.write(steps)
    const failed = answers.filter((answer) => 'ErrorCode' in answer)
    return { FailedEntryCount: failed.length, Entries: answers }
  },
)

function checkSize(entries: readonly Entry[]): void {
  const constraint =
    entries.length === 0
      ? 'have length greater than or equal to 1'
      : `have length less than or equal to ${ENTRIES_MAX}`
  if (entries.length === 0 || entries.length > ENTRIES_MAX) {
    throw constraintError({ name: 'entries', value: entries }, constraint)
  }
  const bytes = entries.reduce((sum, one) => sum + bytesOf(one), 0)
  if (bytes > REQUEST_BYTES_MAX) {
    throw validationError('Total size of the entries in the request is over the limit.')
  }
}

function bytesOf({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: Entry) {
  const texts = [Source, DetailType, Detail, ...Resources]
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  return bytes + (Time === undefined ? 0 : TIME_BYTES)
}

/** An entry as the bus carries it. */
function eventOf(core: EventBridge, { Time, Resources = [], ...given }: Entry): BusEvent {
  const { Source: source, DetailType: type, Detail: detail } = given
  if (isEmpty(source)) throw missing('Source')
  if (isEmpty(type)) throw missing('DetailType')
  if (isEmpty(detail)) throw missing('Detail')
  if (source?.startsWith('aws.') === true) {
    throw new ApiError('NotAuthorizedForSourceException', 'Not authorized for the source.')
  }
  const at = Time === undefined ? core.clock.now() : instant(Time * 1000)
  return {
    version: '0',
    id: core.newId(),
    'detail-type': type,
    source,
    account: core.accountId,
    time: toSeconds(toIso(at)),
    region: core.region,
    resources: Resources,
    detail: parseDetail(detail ?? ''),
  }
}

function isEmpty(text: string | undefined): boolean {
  return text === undefined || text === ''
}

function missing(name: string): ApiError {
  return new ApiError(
    'InvalidArgument',
    `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  )
}

function parseDetail(text: string): object {
  try {
    const detail = JSON.parse(text) as unknown
    if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return detail
  } catch {
    // Refused below, like JSON that is no object.
  }
  throw new ApiError('MalformedDetail', 'Detail is malformed.')
}

function toSeconds(iso: string): string {
  return iso.replace(/\.\d+Z$/, 'Z')
}

/** Hands an event to the targets of all rules that match. A bus that is not there takes it all the same, as on AWS. */
function publish(core: EventBridge, busName: string | undefined, event: BusEvent): Step[] {
  const bus = findBus(core, busName)
  if (bus === undefined) {
    core.tell({ eventId: event.id, bus: String(busName), reason: 'There is no such bus' })
    return []
  }
  core.hear(bus.name, event)
  const steps: Step[] = []
  for (const rule of bus.rules.values()) {
    if (!rule.isEnabled || !rule.matches(event)) continue
    for (const target of rule.targets) steps.push(...handOn(core, { bus, rule, target, event }))
  }
  return steps
}

interface Delivery {
  readonly bus: EventBus
  readonly rule: Rule
  readonly target: Target
  readonly event: BusEvent
}

/** Puts an event into a target's queue; what cannot be delivered is told and keeps nothing else back. */
function handOn(core: EventBridge, { bus, rule, target, event }: Delivery): Step[] {
  const undelivered = (reason: string) => {
    core.tell({
      eventId: event.id,
      bus: bus.name,
      rule: rule.name,
      target: target.Arn,
      reason,
    })
    return []
  }
  const queue = queueByArn(core, target.Arn)
  if (queue === undefined) return undelivered('There is no such queue')
  try {
    const ingestedAt = toSeconds(toIso(core.clock.now()))
    const source = {
      event,
      ruleName: rule.name,
      ruleArn: ruleArn(core, bus, rule.name),
      ingestedAt,
    }
    return deliver(core, queue, inputFor(target, source))
  } catch (error) {
    return undelivered((error as Error).message)
  }
}
