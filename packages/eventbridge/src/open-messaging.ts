import { openEngine, type Engine } from '@holdfast/embedded/engine'
import type { Api } from '@holdfast/embedded/operation'
import { newSqs, sqs, type SqsOptions } from '@holdfast/sqs/sqs'
import { emptyContents } from '@holdfast/embedded/vault'
import type { BusEvent, EventBridge, Undelivered } from './core.ts'
import { constraintError } from './errors.ts'
import { createEventBus, describeEventBus } from './buses.ts'
import { deleteRule, describeRule, listRules, putRule } from './rules.ts'
import { listTargetsByRule, putTargets, removeTargets } from './targets.ts'
import { putEvents } from './put-events.ts'
import { restoreBuses } from './restore.ts'

/** EventBridge, as far as it is served. */
export const events: Api<EventBridge> = {
  name: 'AWSEvents',
  namespace: '',
  missing: (name) => {
    const lowered = `${name.charAt(0).toLowerCase()}${name.slice(1)}`
    return constraintError({ name: lowered, value: undefined }, 'not be null')
  },
  operations: {
    CreateEventBus: createEventBus,
    DescribeEventBus: describeEventBus,
    PutEvents: putEvents,
    PutRule: putRule,
    DescribeRule: describeRule,
    DeleteRule: deleteRule,
    ListRules: listRules,
    PutTargets: putTargets,
    RemoveTargets: removeTargets,
    ListTargetsByRule: listTargetsByRule,
  },
}

export interface MessagingOptions extends SqsOptions {
  /** Told of every event that a bus took but could not hand on. */
  readonly onUndelivered?: (undelivered: Undelivered) => void
  /** Hears of every event that a bus took. */
  readonly onEvent?: (bus: string, event: BusEvent) => void
}

/** EventBridge and SQS at one address. */
export type Messaging = Engine<EventBridge>

/** Opens EventBridge and SQS over one state: an event and the messages that it becomes are kept together. */
export function openMessaging(options: MessagingOptions = {}): Messaging {
  const queues = newSqs(options)
  const core: EventBridge = {
    ...queues,
    tell: options.onUndelivered ?? (() => undefined),
    hear: options.onEvent ?? (() => undefined),
    buses: restoreBuses(options.contents ?? emptyContents, queues.clock),
  }
  return openEngine(core, [sqs, events])
}
