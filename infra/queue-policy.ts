import type { Stack } from 'aws-cdk-lib'
import type { EventBus } from 'aws-cdk-lib/aws-events'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { RULE_PREFIX } from '../lib/bus/rules.ts'

/** Lets the rules of webhook endpoints, and no others, put notices into the queue of deliveries. */
export function letRulesSend({
  bus,
  queue,
  stack,
}: {
  bus: EventBus
  queue: Queue
  stack: Stack
}): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: {
        ArnLike: { 'aws:SourceArn': rulesArn(stack, bus) },
        StringEquals: { 'aws:SourceAccount': stack.account },
      },
    }),
  )
}

/** The ARNs of our rules on the bus. */
export function rulesArn(stack: Stack, { eventBusName }: Pick<EventBus, 'eventBusName'>): string {
  return stack.formatArn({
    service: 'events',
    resource: 'rule',
    resourceName: `${eventBusName}/${RULE_PREFIX}*`,
  })
}
