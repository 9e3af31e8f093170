import { describe, expect, test } from 'vitest'
import { runSimulation, runUnsafeSimulation } from '@cloud-copilot/iam-simulate'
import { grants, type Grants } from '../../infra/grants.ts'
import { patternOf } from '../../infra/partitions.ts'
import { tableStatements } from '../../infra/stacks/table-statements.ts'
import { instant } from '../../lib/clock.ts'
import { partitionStarts, type PartitionName } from '../../lib/store/table/partitions.ts'
import { buyersPartition, keys, logPartition } from '../../lib/store/table/table.ts'
import {
  denialOf,
  isGranted,
  runAs,
  simulationOf,
  TABLE_ARN,
  takeDenials,
} from '../support/iam/guard.ts'
import { allResources, buildWithoutCode, synthesise } from '../support/infra/synth.ts'

interface Statement {
  readonly Effect: string
  readonly Action: string | string[]
  readonly Resource: unknown
  readonly Condition?: Record<string, Record<string, unknown>>
}

const build = await buildWithoutCode()
const stage = synthesise({ build, stage: 'test' })
const roles = allResources(stage)
  .filter(([id, { Type }]) => Type === 'AWS::IAM::Role' && !id.includes('CloudWatchRole'))
  .map(([, { Properties }]) => {
    const policies = (Properties['Policies'] ?? []) as {
      PolicyDocument: { Statement: Statement[] }
    }[]
    const description = String(Properties['Description'])
    return {
      accessClass: description.replace('Holdfast test: ', '') as keyof typeof grants,
      statements: policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
      managed: Properties['ManagedPolicyArns'],
    }
  })

const actionsOf = ({ Action }: Statement) => [Action].flat()

test('every access class that a function is of has a role, and no role is of anything else', () => {
  const used = new Set([...build.endpoints, ...build.workers].map(({ needs }) => needs.accessClass))
  expect(new Set(roles.map(({ accessClass }) => accessClass))).toEqual(used)
  expect([...used].sort()).toEqual(Object.keys(grants).sort())
})

test('roles have no policies of AWS, and name no resource by a star but the list of rules', () => {
  for (const { managed, statements } of roles) {
    expect(managed).toBeUndefined()
    for (const statement of statements) {
      expect(statement.Effect).toBe('Allow')
      for (const action of actionsOf(statement)) expect(action).not.toContain('*')
      if (statement.Resource === '*') expect(actionsOf(statement)).toEqual(['events:ListRules'])
    }
  }
})

/** A role's statements about items of the table, in the words of IAM. */
function onTable(statements: readonly Statement[]): Statement[] {
  const isOnItems = (action: string) => /^dynamodb:(?!.*(Stream|Shard|Records))/.test(action)
  return statements
    .filter((it) => actionsOf(it).some(isOnItems))
    .map(({ Effect, Action, Condition }) => ({
      Effect,
      Action: [Action].flat(),
      Resource: TABLE_ARN,
      ...(Condition === undefined ? {} : { Condition: plain(Condition) }),
    }))
}

/** Conditions with their values as lists, as the statements are made. */
function plain(condition: NonNullable<Statement['Condition']>) {
  const { 'ForAllValues:StringLike': like = {}, ...others } = condition
  const lists = Object.entries(like).map(([key, value]) => [key, [value].flat()] as const)
  return { ...others, 'ForAllValues:StringLike': Object.fromEntries(lists) }
}

test('the policies are of the statements that the calls of these tests are judged by', () => {
  for (const { accessClass, statements } of roles) {
    expect([accessClass, onTable(statements)]).toEqual([
      accessClass,
      tableStatements(grants[accessClass], TABLE_ARN),
    ])
  }
})

test('each action of a role stands in one statement about the table', () => {
  for (const { statements } of roles) {
    const actions = onTable(statements).flatMap(actionsOf)
    expect(new Set(actions).size).toBe(actions.length)
  }
})

const kinds = Object.keys(partitionStarts) as PartitionName[]

test('an action takes any of its partitions, all of them at once, and none with a stranger among them', async () => {
  const keyOf = (name: PartitionName) => patternOf(name).replace('*', 'some-workspace#more')
  const everyKey = kinds.map(keyOf)
  for (const { accessClass, statements } of roles) {
    const pairs = pairsOf(grants[accessClass])
    for (const action of new Set(pairs.map(([name]) => name))) {
      const names = pairs.filter(([name]) => name === action).map(([, partition]) => partition)
      const keys = [...new Set(names)].map(keyOf)
      const strangers = everyKey.filter((key) => !keys.includes(key))
      const judged = async (...asked: string[]) => {
        const simulation = simulationOf(onTable(statements), { action, partitions: asked })
        const result = await runSimulation(simulation, {})
        return result.resultType === 'single' ? result.overallResult : result
      }
      expect(await judged(...keys)).toBe('Allowed')
      for (const key of keys) expect(await judged(key)).toBe('Allowed')
      for (const stranger of strangers) {
        expect(await judged(stranger)).toBe('ImplicitlyDenied')
        expect(await judged(...keys, stranger)).toBe('ImplicitlyDenied')
      }
      expect(await judged()).toBe('ImplicitlyDenied')
    }
  }
})

/** Each action that grants allow, with each partition. */
function pairsOf({ table }: Grants) {
  return table.flatMap(({ actions, partitions: names }) =>
    actions.flatMap((action) => names.map((name) => [`dynamodb:${action}`, name] as const)),
  )
}

test('each secret, the bus and the queues are for those that need them', () => {
  for (const { accessClass, statements } of roles) {
    const actions = statements.flatMap(actionsOf)
    const { bus = [], sends = [], secret } = grants[accessClass]
    const onSecrets = statements.filter((it) => actionsOf(it)[0]?.startsWith('secretsmanager:'))
    expect(onSecrets.flatMap(actionsOf)).toEqual(
      secret === undefined ? [] : ['secretsmanager:GetSecretValue'],
    )
    const named = { keys: 'MasterSecret', webhooks: 'SigningSecret' }
    for (const { Resource } of onSecrets) {
      expect(JSON.stringify(Resource)).toContain(secret && named[secret])
    }
    expect(actions.includes('sqs:SendMessage')).toBe(sends.length > 0)
    const events = actions.filter((action) => action.startsWith('events:'))
    expect(events.sort()).toEqual(bus.map((action) => `events:${action}`).sort())
  }
  for (const { needs } of [...build.endpoints, ...build.workers]) {
    const { bus = [], sends = [], secret } = grants[needs.accessClass]
    expect(secret).toBe(needs.secret)
    if (bus.length + sends.length > 0 && !needs.accessClass.startsWith('manage-webhook'))
      expect(needs.bus).toBe(true)
  }
})

test('every key of the table is of exactly one kind of partition', () => {
  const event = { eventId: 'e', shards: 16 }
  const entry = { operationId: 'o', event }
  const samples = [
    keys.seat(event, 'A-1'),
    keys.history(event, 'o', 0),
    keys.hold('w', 't', entry),
    keys.token('w', 't'),
    keys.admission('w', 'a'),
    keys.operation('o'),
    keys.details('o', 0),
    keys.recovery(instant(0), 'o'),
    keys.receipt({ keyId: 'k', hash: 'h' }),
    keys.eventHead('w', 'e'),
    keys.eventById('e'),
    keys.chartHead('w', 'c'),
    keys.manifest('w', 'c', 0),
    keys.eventDetails('e', 't', 0),
    keys.drawing('d', 0),
    keys.chartListing('w', 1),
    keys.counters('w'),
    keys.company('c'),
    keys.workspace('w'),
    keys.workspaceByKey('y'),
    keys.keyListing('w', 'k'),
    keys.holder('h', entry),
    keys.apiKey('h'),
    keys.webhook('w', 'wh'),
    keys.webhookBefore('w', 'wh'),
    keys.webhookIndex('w', 'wh'),
    keys.endpointHealth('V#wh#s0'),
  ]
  const more = [logPartition('c'), buyersPartition('c')].map((pk) => ({ pk }))
  for (const { pk } of [...samples, ...more]) {
    const fitting = kinds
      .map(patternOf)
      .filter((pattern) =>
        pattern.endsWith('*') ? pk.startsWith(pattern.slice(0, -1)) : pk === pattern,
      )
    expect([pk, fitting.length]).toEqual([pk, 1])
  }
})

test('what reads the table while it starts may read what it reads', () => {
  const ping = { action: 'dynamodb:GetItem', partitions: [keys.apiKey('ping').pk] }
  const warming = [...build.endpoints, ...build.workers].filter(({ needs }) => needs.warmsTable)
  expect(warming.length).toBeGreaterThan(100)
  for (const { bundle, needs } of warming) {
    expect([bundle.name, isGranted(grants[needs.accessClass], ping)]).toEqual([bundle.name, true])
  }
})

test('what speaks to the internet can make no key, and change nothing of a workspace but its webhooks', () => {
  const { table, secret } = grants.deliver
  const writes = table.filter(({ actions }) => actions.some((it) => /Put|Update|Delete/.test(it)))
  expect(new Set(writes.flatMap(({ partitions: names }) => names))).toEqual(
    new Set(['webhooks', 'deliveries']),
  )
  expect(secret).toBe('webhooks')
})

test('what only shows may write nothing, unless it meets rows with the locks of a large commit', () => {
  const showing = build.endpoints.filter(
    ({ endpoint: { method }, needs }) => method === 'GET' && needs.secret === undefined,
  )
  const classes = new Set(showing.map(({ needs }) => needs.accessClass))
  expect(classes).toEqual(new Set(['read', 'read-seats', 'read-snapshots']))
  const actions = grants.read.table.flatMap((it) => it.actions)
  expect(new Set(actions)).toEqual(new Set(['GetItem', 'BatchGetItem', 'Query']))
  const lists = 'event renderings renderings-of-month usage usage-of-event usage-of-month'
  const reports = 'report-event report-event-group summarize-event summarize-event-deeply'
  const healing = showing.filter(({ needs }) => needs.accessClass === 'read-seats')
  expect(healing.map(({ bundle }) => bundle.name).sort()).toEqual(
    [
      'seatbuilder/get-reports',
      'seatsio/get-hold-token',
      'seatsio/get-object',
      'seatsio/get-objects',
      'seatsio/list-object-status-changes',
      'seatsio/list-status-changes',
      ...lists.split(' ').map((name) => `seatsio/list-${name}`),
      ...reports.split(' ').map((name) => `seatsio/${name}`),
    ].sort(),
  )
})

describe('the guard of these tests', () => {
  const transaction = {
    TransactItems: [
      { Put: { Item: { pk: { S: 'S#e#1' } } } },
      { ConditionCheck: { Key: { pk: { S: 'E#w#e' } } } },
    ],
  }

  test('asks for the members of a transaction by what each does', () => {
    const denial = runAs('seatbuilder/hold-seats', () =>
      denialOf('TransactWriteItems', transaction),
    )
    expect(denial).toBe(
      'seatbuilder/hold-seats (change-seats) may not dynamodb:ConditionCheckItem on E#w#e',
    )
    expect(takeDenials()).toEqual([denial])
  })

  test('asks for the partition of a query and for all keys of a batch at once', () => {
    const query = {
      KeyConditionExpression: 'pk = :pk AND sk < :end',
      ExpressionAttributeValues: { ':pk': { S: 'K#1' } },
    }
    const batch = {
      RequestItems: { t: { Keys: [{ pk: { S: 'S#1#1' } }, { pk: { S: 'I#1#1' } }] } },
    }
    const denials = runAs('seatbuilder/get-reports', () => [
      denialOf('Query', query),
      denialOf('BatchGetItem', batch),
    ])
    expect(denials).toEqual([
      'seatbuilder/get-reports (read-seats) may not dynamodb:Query on K#1',
      'seatbuilder/get-reports (read-seats) may not dynamodb:BatchGetItem on S#1#1 and I#1#1',
    ])
    takeDenials()
  })

  test('refuses a call that only two statements together would cover', () => {
    const half = (partition: PartitionName) => ({
      actions: ['BatchGetItem' as const],
      partitions: [partition],
    })
    const apart = [half('seats'), half('holds')].flatMap((it) =>
      tableStatements({ table: [it] }, TABLE_ARN),
    )
    const access = { action: 'dynamodb:BatchGetItem', partitions: ['S#1#1', 'T#1#1'] }
    expect(runUnsafeSimulation(simulationOf(apart, access), {})).toBe('ImplicitlyDenied')
    expect(isGranted({ table: [half('seats'), half('holds')] }, access)).toBe(true)
  })

  test('lets nobody without a role do anything, and a scan nobody', () => {
    expect(
      runAs('workers/unheard-of', () => denialOf('GetItem', { Key: { pk: { S: 'K#1' } } })),
    ).toBeDefined()
    for (const its of Object.values(grants)) {
      expect(isGranted(its, { action: 'dynamodb:Scan', partitions: [] })).toBe(false)
    }
    takeDenials()
  })
})
