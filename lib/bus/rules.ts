import {
  DeleteRuleCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { defined } from '../defined.ts'
import { Fault } from '../faults.ts'
import type { WebhookEndpoint } from '../records/webhook.ts'
import type { BusPort } from './port.ts'
import { NOTICE_SOURCE } from './put-notices.ts'

// A webhook endpoint is a rule on the bus: its pattern picks the notices, its target is the queue of deliveries. Rules take
// effect some seconds late and are no part of the table's transactions: whoever delivers checks the endpoint's record again,
// and `reconcile` makes the rules what the records say.

/** Start of the names of our rules: the others on the bus are not ours to touch. */
export const RULE_PREFIX = 'webhook-'

/** What of an endpoint its rule depends on. */
export type RuleSource = Pick<
  WebhookEndpoint,
  'endpointId' | 'workspaceId' | 'environment' | 'types' | 'isEnabled'
>

/** A rule of ours as the bus lists it. */
export interface RuleListed {
  readonly endpointId: string
  readonly pattern: string
  readonly isEnabled: boolean
}

/** A rule of ours as it is on the bus. */
export interface RuleFound extends RuleListed {
  /** What its target is, as text that can be compared; empty where it has none. */
  readonly target: string
}

/** The one target of each rule. */
const TARGET_ID = 'deliveries'

/** Creates an endpoint's rule, or changes it to what the endpoint says; `too-many` where the bus takes no further rule. */
export async function putRule(port: BusPort, source: RuleSource): Promise<'done' | 'too-many'> {
  const { events, names } = port
  const place = { EventBusName: names.bus }
  const Name = ruleName(source.endpointId)
  const wanted = ruleFor(port, source)
  try {
    await events.send(
      new PutRuleCommand({
        ...place,
        Name,
        EventPattern: wanted.pattern,
        State: wanted.isEnabled ? 'ENABLED' : 'DISABLED',
        Description: 'A webhook endpoint of Holdfast',
      }),
    )
  } catch (error) {
    if ((error as Error).name === 'LimitExceededException') return 'too-many'
    throw asFault(error)
  }
  const put = new PutTargetsCommand({ ...place, Rule: Name, Targets: [wantedTarget(port, source)] })
  const answer = await events.send(put).catch(rethrow)
  if ((answer.FailedEntryCount ?? 0) > 0) {
    throw new Fault('The bus did not take the target of a rule', { outcome: 'unknown' })
  }
  return 'done'
}

/** Removes an endpoint's rule, if there is one. */
export async function removeRule({ events, names }: BusPort, endpointId: string): Promise<void> {
  const place = { EventBusName: names.bus }
  const name = ruleName(endpointId)
  try {
    await events.send(new RemoveTargetsCommand({ ...place, Rule: name, Ids: [TARGET_ID] }))
    await events.send(new DeleteRuleCommand({ ...place, Name: name }))
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException') throw asFault(error)
  }
}

/** All rules of ours on the bus, a hundred a call. */
export async function listRules({ events, names }: BusPort): Promise<RuleListed[]> {
  const found: RuleListed[] = []
  let NextToken: string | undefined
  do {
    const page = await events.send(
      new ListRulesCommand({
        EventBusName: names.bus,
        NamePrefix: RULE_PREFIX,
        ...defined({ NextToken }),
      }),
    )
    for (const { Name = '', EventPattern = '', State } of page.Rules ?? []) {
      const endpointId = Name.slice(RULE_PREFIX.length)
      found.push({ endpointId, pattern: EventPattern, isEnabled: State === 'ENABLED' })
    }
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return found
}

/** What the target of a rule is, as text that can be compared; empty where it has none, or where there is no such rule. */
export async function targetOf({ events, names }: BusPort, endpointId: string): Promise<string> {
  const list = { EventBusName: names.bus, Rule: ruleName(endpointId) }
  try {
    const { Targets = [] } = await events.send(new ListTargetsByRuleCommand(list))
    return Targets.map(({ Id, Arn, InputTransformer }) =>
      JSON.stringify([Id, Arn, InputTransformer?.InputTemplate]),
    ).join()
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return ''
    throw asFault(error)
  }
}

/** What an endpoint's rule is to be. */
export function ruleFor(port: BusPort, source: RuleSource): RuleFound {
  const { endpointId, workspaceId, environment, types, isEnabled } = source
  const { Id, Arn, InputTransformer } = wantedTarget(port, source)
  return {
    endpointId,
    pattern: JSON.stringify({
      source: [NOTICE_SOURCE],
      'detail-type': types,
      detail: { workspaceId: [workspaceId], environment: [environment] },
    }),
    isEnabled,
    target: JSON.stringify([Id, Arn, InputTransformer.InputTemplate]),
  }
}

function wantedTarget({ names }: BusPort, { endpointId }: RuleSource) {
  const InputTemplate = `{"endpoint": "${endpointId}", "notice": <aws.events.event.json>}`
  return { Id: TARGET_ID, Arn: names.deliveriesArn, InputTransformer: { InputTemplate } }
}

function ruleName(endpointId: string): string {
  return `${RULE_PREFIX}${endpointId}`
}

function rethrow(error: unknown): never {
  throw asFault(error)
}

function asFault(cause: unknown): Fault {
  return new Fault('The bus cannot be reached', { outcome: 'unknown', cause })
}
