import type { Stack } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { RULE_PREFIX } from '../../lib/bus/rules.ts'
import { forNag } from './acknowledge.ts'

/** Lets the rules of webhook endpoints, and no others, put notices into the queue of deliveries. */
export function letRulesSend({
  busName,
  queue,
  stack,
}: {
  busName: string
  queue: Queue
  stack: Stack
}): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: {
        ArnLike: { 'aws:SourceArn': rulesArn(stack, busName) },
        StringEquals: { 'aws:SourceAccount': stack.account },
      },
    }),
  )
}

/** The ARNs of our rules on the bus. */
export function rulesArn(stack: Stack, busName: string): string {
  return stack.formatArn({
    service: 'events',
    resource: 'rule',
    resourceName: `${busName}/${RULE_PREFIX}*`,
  })
}

/** The same as cdk-nag writes it in what it finds. */
export function rulesArnForNag({ region, account }: Stack, busName: string): string {
  const place = `${forNag(region, 'AWS::Region')}:${forNag(account, 'AWS::AccountId')}`
  return `arn:<AWS::Partition>:events:${place}:rule/${busName}/${RULE_PREFIX}*`
}
