import { describe, expect, test } from 'vitest'
import { STREAM_WORKERS_MAX } from '../../infra/stacks/workers-stack.ts'
import {
  allResources,
  buildWithoutCode,
  nagFindings,
  resourcesOf,
  synthesise,
} from '../support/infra/synth.ts'

/** A stack holds 500 resources: there must be room for what is to come. */
const RESOURCES_MAX = 450

const build = await buildWithoutCode()
const stage = synthesise({
  build,
  stage: 'test',
  alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:alarms',
})
const { data, root, api, workers, observability } = stage

describe('the table', () => {
  const [table] = Object.values(resourcesOf(data, 'AWS::DynamoDB::GlobalTable'))

  test('cannot be deleted by accident, and can be put back to any second of the last weeks', () => {
    expect(table).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: {
              PointInTimeRecoveryEnabled: true,
              RecoveryPeriodInDays: 35,
            },
          },
        ],
      },
    })
  })

  test('has keys, TTL and stream as the code expects them, and is paid by request', () => {
    expect(table?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    })
  })

  test('takes warm throughput', () => {
    const warm = { readUnitsPerSecond: 40_000, writeUnitsPerSecond: 20_000 }
    const { data: warmed } = synthesise({ build, stage: 'warm', warmThroughput: warm })
    const [found] = Object.values(resourcesOf(warmed, 'AWS::DynamoDB::GlobalTable'))
    expect(found?.Properties['WarmThroughput']).toEqual({
      ReadUnitsPerSecond: 40_000,
      WriteUnitsPerSecond: 20_000,
    })
  })
})

test('nothing that holds data goes with its stack', () => {
  const holding = ['GlobalTable', 'Secret', 'EventBus', 'Queue']
  const lost = Object.entries(
    (data.toJSON() as { Resources: Record<string, { Type: string; DeletionPolicy?: string }> })
      .Resources,
  )
    .filter(([, { Type }]) => holding.includes(Type.split('::')[2] ?? ''))
    .filter(([, { DeletionPolicy }]) => !DeletionPolicy?.startsWith('Retain'))
  expect(lost).toEqual([])
  expect(stage.holdfast.data.stack.terminationProtection).toBe(true)
})

test('every stack has room for more', () => {
  const counts = [data, root, api, workers, observability].map(
    (template) => Object.keys((template.toJSON() as { Resources: object }).Resources).length,
  )
  expect(Math.max(...counts)).toBeLessThan(RESOURCES_MAX)
})

test('cdk-nag finds nothing that is not acknowledged with a reason', () => {
  expect(nagFindings(stage)).toEqual([])
})

describe('every function', () => {
  const functions = allResources(stage).filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
  const properties = functions.map(([, it]) => it.Properties)

  test('of functions/ is deployed, and nothing else', () => {
    const expected = [...build.endpoints, ...build.workers].map(
      ({ bundle }) => `holdfast-test-${bundle.name.replace('/', '-')}`,
    )
    expect(properties.map(({ FunctionName }) => FunctionName).sort()).toEqual(expected.sort())
  })

  test('runs on the newest Node.js, on arm64, with a bounded time and logs of its stack', () => {
    for (const its of properties) {
      expect(its).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        LoggingConfig: { LogFormat: 'JSON' },
      })
      expect(its['Timeout']).toBeLessThanOrEqual(300)
      expect((its['LoggingConfig'] as { LogGroup?: unknown }).LogGroup).toBeDefined()
    }
  })

  test('finds its table, and nothing secret, in its environment', () => {
    for (const { Environment } of properties) {
      const { Variables } = Environment as { Variables: Record<string, unknown> }
      expect(Variables).toMatchObject({ HOLDFAST_STAGE: 'test' })
      expect(Variables['HOLDFAST_TABLE']).toBeDefined()
      expect(Object.keys(Variables)).not.toContain('HOLDFAST_MASTER_SECRET')
      expect(Object.keys(Variables)).not.toContain('HOLDFAST_SIGNING_SECRET')
      expect(Object.keys(Variables)).not.toContain('HOLDFAST_SYSTEM_SECRET')
    }
  })

  test('that derives keys or signs finds its secret by name; the others do not hear of it', () => {
    const namesOf = (variable: string) =>
      properties
        .filter(({ Environment }) => variable in (Environment as { Variables: object }).Variables)
        .map(({ FunctionName }) => String(FunctionName).replace('holdfast-test-', ''))
        .sort()
    expect(namesOf('HOLDFAST_SIGNING_SECRET_ARN')).toEqual([
      'seatbuilder-create-webhook',
      'seatbuilder-rotate-webhook-secret',
      'workers-deliver-webhook',
    ])
    expect(namesOf('HOLDFAST_MASTER_SECRET_ARN')).toEqual(
      [
        'add-secret-key',
        'create-test-company',
        'create-workspace',
        'delete-workspace',
        'get-account',
        'get-workspace',
        'list-active-workspaces',
        'list-inactive-workspaces',
        'list-workspaces',
        'regenerate-admin-key',
        'regenerate-designer-key',
        'regenerate-workspace-key',
        'remove-secret-key',
      ].map((name) => `seatsio-${name}`),
    )
  })
})

describe('workers', () => {
  const mappings = Object.values(resourcesOf(workers, 'AWS::Lambda::EventSourceMapping'))
  const onStream = mappings.filter(({ Properties }) => 'StartingPosition' in Properties)

  test('on the stream are few, start at its beginning, try until it ends and tell which record failed', () => {
    expect(onStream.length).toBeGreaterThan(0)
    expect(onStream.length).toBeLessThanOrEqual(STREAM_WORKERS_MAX)
    for (const { Properties } of onStream) {
      expect(Properties).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: -1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      })
    }
  })

  test('on the stream are called for what concerns them only', () => {
    for (const { Properties } of onStream) {
      const { Filters } = Properties['FilterCriteria'] as { Filters: { Pattern: string }[] }
      expect(Filters.length).toBeGreaterThan(0)
      expect(Filters.length).toBeLessThanOrEqual(5)
    }
  })

  test('of timers are called as often as they say', () => {
    const rules = Object.values(resourcesOf(workers, 'AWS::Events::Rule'))
    const timers = build.workers.filter(({ trigger }) => trigger.kind === 'timer')
    expect(rules.length).toBe(timers.length)
    expect(rules.map(({ Properties }) => Properties['ScheduleExpression'])).toContain(
      'rate(1 minute)',
    )
  })

  test('of queues leave what failed five times to the dead letters, and tell which message failed', () => {
    const queues = Object.values(resourcesOf(data, 'AWS::SQS::Queue'))
    const worked = queues.filter(({ Properties }) => 'RedrivePolicy' in Properties)
    expect(worked.map(({ Properties }) => Properties['QueueName'])).toEqual([
      'holdfast-test-timers',
      'holdfast-test-deliveries',
    ])
    for (const { Properties } of worked) {
      expect(Properties['RedrivePolicy']).toMatchObject({ maxReceiveCount: 5 })
    }
    for (const { Properties } of mappings.filter((it) => !onStream.includes(it))) {
      expect(Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures'])
    }
  })
})

describe('nobody outside', () => {
  test('may use a queue, but the rules of webhook endpoints the queue of deliveries', () => {
    const statements = Object.values(resourcesOf(data, 'AWS::SQS::QueuePolicy')).flatMap(
      ({ Properties }) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement,
    )
    const allowing = statements.filter(({ Effect }) => Effect === 'Allow')
    expect(allowing).toMatchObject([
      {
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnLike: {}, StringEquals: { 'aws:SourceAccount': {} } },
      },
    ])
    expect(JSON.stringify(allowing[0]?.Condition)).toMatch(/:rule\/.*\/webhook-\*/s)
  })

  test('may invoke a function, but this API and the timers', () => {
    const permissions = allResources(stage).filter(
      ([, { Type }]) => Type === 'AWS::Lambda::Permission',
    )
    for (const [, { Properties }] of permissions) {
      expect(['apigateway.amazonaws.com', 'events.amazonaws.com']).toContain(
        Properties['Principal'],
      )
      expect(Properties['SourceArn']).toBeDefined()
    }
  })

  test('finds a bucket or a function by its URL', () => {
    const types = allResources(stage).map(([, { Type }]) => Type)
    expect(types.filter((type) => /::(Bucket|Url|Instance|LoadBalancer)$/.test(type))).toEqual([])
  })
})

interface Statement {
  readonly Effect: string
  readonly Condition?: object
}

test('the APIs take so many requests and no more, and leave a line for each without paths or keys', () => {
  for (const template of [root, api]) {
    const [deployed] = Object.values(resourcesOf(template, 'AWS::ApiGateway::Stage'))
    expect(deployed?.Properties).toMatchObject({
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: 1_000,
          ThrottlingBurstLimit: 500,
          MetricsEnabled: false,
          DataTraceEnabled: false,
          LoggingLevel: 'OFF',
        },
      ],
    })
    const { Format } = deployed?.Properties['AccessLogSetting'] as { Format: string }
    expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId' })
    expect(Format).not.toMatch(/context\.path|authoriz|header/i)
  }
})

test('stages share an account: no name of one is a name of the other', () => {
  const other = synthesise({ build, stage: 'other' })
  const namesIn = (it: typeof stage) =>
    allResources(it).flatMap(([, { Properties = {} }]) =>
      Object.entries(Properties)
        .filter(([name]) => /^(Table|Queue|Function|LogGroup|Alarm|Dashboard)?Name$/.test(name))
        .map(([, value]) => value)
        .filter((value): value is string => typeof value === 'string'),
    )
  const own = new Set(namesIn(stage))
  expect(namesIn(other).filter((name) => own.has(name))).toEqual([])
  expect(own.size).toBeGreaterThan(build.endpoints.length)
})

test('everything carries its stage and the tags that were given', () => {
  const { data: tagged } = synthesise({ build, stage: 'tagged', tags: { team: 'box-office' } })
  const [secret] = Object.values(resourcesOf(tagged, 'AWS::SecretsManager::Secret'))
  expect(secret?.Properties['Tags']).toEqual([
    { Key: 'holdfast:stage', Value: 'tagged' },
    { Key: 'team', Value: 'box-office' },
  ])
})
