import type { Stack } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { LogGroup } from 'aws-cdk-lib/aws-logs'
import { acknowledge } from './acknowledge.ts'
import type { Data } from './data-stack.ts'
import { grants, type AccessClass, type BusAction, type Grants, type SentQueue } from '../grants.ts'
import { rulesArn, rulesArnForNag } from './queue-policy.ts'
import { tableStatements } from './table-statements.ts'

/** Where the roles of one stack live, and what they lead to. */
export interface RoleSurroundings {
  readonly stack: Stack
  readonly stage: string
  readonly data: Data
  readonly logGroup: LogGroup
}

/** Hands out one role for each access class, made when it is first asked for. */
export function rolesIn(surroundings: RoleSurroundings): (accessClass: AccessClass) => Role {
  const made = new Map<AccessClass, Role>()
  return (accessClass) => {
    const role = made.get(accessClass) ?? newRole(surroundings, accessClass)
    made.set(accessClass, role)
    return role
  }
}

function newRole(surroundings: RoleSurroundings, accessClass: AccessClass): Role {
  const { stack, stage, data, logGroup } = surroundings
  const statements = statementsOf(stack, data, grants[accessClass])
  const role = new Role(stack, `Role-${accessClass}`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Holdfast ${stage}: ${accessClass}`,
    inlinePolicies: {
      logs: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'Logs',
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [logGroup.logGroupArn],
          }),
        ],
      }),
      ...(statements.length === 0 ? {} : { work: new PolicyDocument({ statements }) }),
    },
  })
  acknowledgeRules(role, stack, data)
  return role
}

function acknowledgeRules(role: Role, stack: Stack, { busName }: Data): void {
  const ofRules =
    'Rules of webhook endpoints are made while it runs: the pattern is our prefix on our bus.'
  const ofList = 'The list of rules can be granted for all rules or for none: it shows names only.'
  acknowledge(role, {
    [`AwsSolutions-IAM5[Resource::${rulesArnForNag(stack, busName)}]`]: ofRules,
    'AwsSolutions-IAM5[Resource::*]': ofList,
    'Serverless-LambdaStarPermissions': ofList,
  })
}

/** A role's permissions beyond its logs, as policy statements. */
export function statementsOf(stack: Stack, data: Data, its: Grants): PolicyStatement[] {
  const { bus: busActions = [], sends = [], secret } = its
  return [
    ...tableStatements(its, data.tableIn(stack).arn).map((it) => PolicyStatement.fromJson(it)),
    ...busStatements(stack, data, busActions),
    ...sendStatements(data, sends),
    ...(secret === undefined
      ? []
      : [
          new PolicyStatement({
            actions: ['secretsmanager:GetSecretValue'],
            resources: [data.secrets[secret].secretArn],
          }),
        ]),
  ]
}

/** Putting events is asked for the bus, rules are asked by their names; the list of rules knows no resource. */
function busStatements(
  stack: Stack,
  { bus, busName }: Data,
  actions: readonly BusAction[],
): PolicyStatement[] {
  const resourceOf = (action: BusAction) => {
    if (action === 'PutEvents') return bus.eventBusArn
    return action === 'ListRules' ? '*' : rulesArn(stack, busName)
  }
  return [...new Set(actions.map(resourceOf))].map(
    (resource) =>
      new PolicyStatement({
        actions: actions.filter((it) => resourceOf(it) === resource).map((it) => `events:${it}`),
        resources: [resource],
      }),
  )
}

function sendStatements({ queues }: Data, sends: readonly SentQueue[]): PolicyStatement[] {
  if (sends.length === 0) return []
  const resources = sends.map((name) => queues[name].queueArn)
  return [new PolicyStatement({ actions: ['sqs:SendMessage'], resources })]
}
