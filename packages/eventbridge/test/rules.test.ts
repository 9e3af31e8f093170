import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge'
import { expect, test } from 'vitest'
import { arnOf, refusalOf } from '@holdfast/sqs/testing'
import { openServices } from './support.ts'

const EventBusName = 'shop'
const EventPattern = '{"source":["shop"]}'

async function openBus() {
  const services = openServices()
  const { events } = services
  await events.send(new CreateEventBusCommand({ Name: EventBusName }))
  const putRule = (Name: string, more: object = {}) =>
    events.send(new PutRuleCommand({ EventBusName, Name, EventPattern, ...more }))
  const putTargets = (Rule: string, Targets: Target[]) =>
    events.send(new PutTargetsCommand({ EventBusName, Rule, Targets }))
  const list = async (more: object = {}) =>
    events.send(new ListRulesCommand({ EventBusName, ...more }))
  return { ...services, putRule, putTargets, list }
}

function targets(count: number, from = 0): Target[] {
  return Array.from({ length: count }, (_, at) => ({ Id: `t${from + at}`, Arn: arnOf('jobs') }))
}

test('a bus is made once, and described by its name or its ARN', async () => {
  const { events } = await openBus()
  const Arn = 'arn:aws:events:us-east-1:000000000000:event-bus/shop'
  for (const Name of ['shop', Arn]) {
    const described = await events.send(new DescribeEventBusCommand({ Name }))
    expect(described).toMatchObject({ Name: 'shop', Arn })
  }
  const again = events.send(new CreateEventBusCommand({ Name: 'shop' }))
  expect((await refusalOf(again))[0]).toBe('ResourceAlreadyExistsException')
  expect(await refusalOf(events.send(new DescribeEventBusCommand({ Name: 'none' })))).toEqual([
    'ResourceNotFoundException',
    'Event bus none does not exist.',
  ])
  expect((await events.send(new DescribeEventBusCommand({}))).Name).toBe('default')
})

test('a rule is what it was put as last, and keeps its targets', async () => {
  const { events, putRule, putTargets } = await openBus()
  const { RuleArn } = await putRule('one', { Description: 'first' })
  expect(RuleArn).toBe('arn:aws:events:us-east-1:000000000000:rule/shop/one')
  await putTargets('one', targets(1))
  await putRule('one', { State: 'DISABLED', EventPattern: '{"source":["other"]}' })
  const described = await events.send(new DescribeRuleCommand({ EventBusName, Name: 'one' }))
  expect(described).toMatchObject({ State: 'DISABLED', EventPattern: '{"source":["other"]}' })
  expect(described.Description).toBeUndefined()
  const list = new ListTargetsByRuleCommand({ EventBusName, Rule: 'one' })
  expect((await events.send(list)).Targets).toEqual(targets(1))
})

test.each([
  ['a'.repeat(64), {}, undefined],
  ['a'.repeat(65), {}, 'ValidationException'],
  ['a b', {}, 'ValidationException'],
  ['one', { State: 'ON' }, 'ValidationException'],
  ['one', { EventPattern: undefined }, 'ValidationException'],
  ['one', { EventPattern: '{"a":"b"}' }, 'InvalidEventPatternException'],
  ['one', { EventBusName: 'none' }, 'ResourceNotFoundException'],
])('the rule %j with %j: %j', async (name, more, refusal) => {
  const { putRule } = await openBus()
  if (refusal === undefined) await putRule(name, more)
  else expect((await refusalOf(putRule(name, more)))[0]).toBe(refusal)
})

test('a pattern has at most 4096 characters', async () => {
  const { putRule } = await openBus()
  const patternOf = (length: number) => `{"a":["${'b'.repeat(length - '{"a":[""]}'.length)}"]}`
  await putRule('one', { EventPattern: patternOf(4_096) })
  const longer = putRule('one', { EventPattern: patternOf(4_097) })
  expect((await refusalOf(longer))[0]).toBe('ValidationException')
})

test('a bus takes 300 rules, still changes them, and takes another once one is gone', async () => {
  const { events, putRule, list } = await openBus()
  for (let at = 1; at <= 300; at += 1) await putRule(`rule-${at}`)
  expect((await refusalOf(putRule('rule-301')))[0]).toBe('LimitExceededException')
  await putRule('rule-300', { State: 'DISABLED' })
  await events.send(new DeleteRuleCommand({ EventBusName, Name: 'rule-1' }))
  await putRule('rule-301')
  const names: (string | undefined)[] = []
  let NextToken: string | undefined
  do {
    const page = await list({ NextToken, NamePrefix: 'rule-' })
    expect(page.Rules?.length).toBeLessThanOrEqual(100)
    names.push(...(page.Rules ?? []).map(({ Name }) => Name))
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  expect(names).toHaveLength(300)
  expect(names).toEqual([...new Set(names)].toSorted())
})

test('rules are listed by the start of their names, in pages of 1 to 100', async () => {
  const { putRule, list } = await openBus()
  for (const name of ['b-1', 'a-2', 'a-1']) await putRule(name)
  const first = await list({ NamePrefix: 'a-', Limit: 1 })
  expect(first.Rules?.map(({ Name }) => Name)).toEqual(['a-1'])
  const second = await list({ NamePrefix: 'a-', Limit: 1, NextToken: first.NextToken })
  expect([second.Rules?.map(({ Name }) => Name), second.NextToken]).toEqual([['a-2'], undefined])
  await list({ Limit: 100 })
  for (const Limit of [0, 101]) {
    expect((await refusalOf(list({ Limit })))[0]).toBe('ValidationException')
  }
})

test('a rule has at most 5 targets; nothing of a request that would make more is kept', async () => {
  const { events, putRule, putTargets } = await openBus()
  await putRule('one')
  expect(await putTargets('one', targets(4))).toMatchObject({ FailedEntryCount: 0 })
  expect((await refusalOf(putTargets('one', targets(2, 4))))[0]).toBe('LimitExceededException')
  await putTargets('one', targets(2, 3))
  const list = new ListTargetsByRuleCommand({ EventBusName, Rule: 'one' })
  expect((await events.send(list)).Targets).toEqual(targets(5))
})

test('a rule with targets is not deleted; without them it is, and again', async () => {
  const { events, putRule, putTargets } = await openBus()
  const remove = () => events.send(new DeleteRuleCommand({ EventBusName, Name: 'one' }))
  await putRule('one')
  await putTargets('one', targets(2))
  expect(await refusalOf(remove())).toEqual([
    'ValidationException',
    "Rule can't be deleted since it has targets.",
  ])
  const Ids = ['t0', 't1', 'unknown']
  await events.send(new RemoveTargetsCommand({ EventBusName, Rule: 'one', Ids }))
  await remove()
  await remove()
  const again = events.send(new RemoveTargetsCommand({ EventBusName, Rule: 'one', Ids }))
  expect((await refusalOf(again))[0]).toBe('ResourceNotFoundException')
})

test.each<[string, Partial<Target>]>([
  ['an id with a space', { Id: 'a b' }],
  ['no ARN', { Arn: 'jobs' }],
  ['two ways of input', { Input: '{}', InputPath: '$' }],
  ['an input that is no JSON', { Input: '{' }],
  ['a template that is no JSON', { InputTransformer: { InputTemplate: '{"a": <b' } }],
  ['a template without its variable', { InputTransformer: { InputTemplate: '{"a": <b>}' } }],
  ['an empty template', { InputTransformer: { InputTemplate: '' } }],
  [
    'a variable with a reserved name',
    { InputTransformer: { InputPathsMap: { AWSb: '$' }, InputTemplate: '{"a": 1}' } },
  ],
])('a target with %s is refused', async (_, wrong) => {
  const { putRule, putTargets } = await openBus()
  await putRule('one')
  const put = putTargets('one', [{ Id: 't', Arn: arnOf('jobs'), ...wrong }])
  expect((await refusalOf(put))[0]).toBe('ValidationException')
})
