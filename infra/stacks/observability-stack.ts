import { CfnOutput, Stack } from 'aws-cdk-lib'
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import { defined } from '../../lib/defined.ts'
import { comparison, planAlarms, type Watched } from './alarms.ts'
import { dashboardIn } from './dashboard.ts'
import type { CheckedProps } from '../props.ts'

/** Where each alarm is explained; the heading is the alarm's name. */
export const RUNBOOK = 'docs/runbook.md'

/** Makes the stack of alarms and of the dashboard. */
export function observabilityStack(
  scope: Construct,
  props: CheckedProps,
  seen: Omit<Watched, 'tableName'>,
): Stack {
  const { stage, env, alarmTopicArn } = props
  const stack = new Stack(scope, 'Observability', {
    ...defined({ env }),
    stackName: `holdfast-${stage}-observability`,
    description: `Holdfast ${stage}: alarms and dashboard`,
  })
  stack.addStackDependency(seen.data.stack)
  const watched = { ...seen, tableName: seen.data.tableIn(stack).name }
  const topic =
    alarmTopicArn === undefined ? undefined : Topic.fromTopicArn(stack, 'AlarmTopic', alarmTopicArn)
  for (const { name, says, metric, above, periods = 1 } of planAlarms(stage, watched)) {
    const alarm = new Alarm(stack, `Alarm-${name}`, {
      alarmName: `holdfast-${stage}-${name}`,
      alarmDescription: `${says} What to do: ${RUNBOOK}#${name}`,
      metric,
      threshold: above,
      evaluationPeriods: periods,
      ...comparison,
    })
    if (topic === undefined) continue
    alarm.addAlarmAction(new SnsAction(topic))
    alarm.addOkAction(new SnsAction(topic))
  }
  const dashboard = dashboardIn(stack, stage, watched)
  new CfnOutput(stack, 'Dashboard', {
    value: `https://console.aws.amazon.com/cloudwatch/home?region=${stack.region}#dashboards/dashboard/${dashboard.dashboardName}`,
  })
  return stack
}
