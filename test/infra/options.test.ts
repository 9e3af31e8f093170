import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { buildWithoutCode, resourcesOf, synthesise } from '../support/infra/synth.ts'

const build = await buildWithoutCode()
const topic = 'arn:aws:sns:eu-central-1:123456789012:alarms'
const { observability, holdfast, root, api } = synthesise({
  build,
  stage: 'test',
  alarmTopicArn: topic,
})
const alarms = Object.values(resourcesOf(observability, 'AWS::CloudWatch::Alarm')).map(
  ({ Properties }) => Properties,
)
const runbook = await readFile(new URL('../../docs/runbook.md', import.meta.url), 'utf8')
const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)

const names = alarms.map(({ AlarmName }) => String(AlarmName).replace('holdfast-test-', ''))

test('every alarm has a heading of its own in the runbook, and every heading is of an alarm', () => {
  expect(names.sort()).toEqual(headings.sort())
})

test('every alarm says what is wrong, links to its heading, and tells the topic when it rings and when it is over', () => {
  for (const { AlarmName, AlarmDescription, AlarmActions, OKActions } of alarms) {
    const name = String(AlarmName).replace('holdfast-test-', '')
    expect(AlarmDescription).toMatch(new RegExp(`\\. What to do: docs/runbook\\.md#${name}$`))
    expect([AlarmActions, OKActions]).toEqual([[topic], [topic]])
  }
})

test('every section says what it means, how to look and what to do', () => {
  for (const section of runbook.split(/^## /m).slice(1)) {
    for (const part of ['**Means.**', '**Look.**', '**Do.**']) expect(section).toContain(part)
  }
})

test('an alarm is silent where there is nothing to measure', () => {
  for (const { TreatMissingData } of alarms) expect(TreatMissingData).toBe('notBreaching')
})

test('every queue that messages end in, every reader of the stream and every worker is watched', () => {
  expect(names).toEqual(
    expect.arrayContaining([
      'timers-given-up',
      'deliveries-given-up',
      'records-unreadable',
      'stream-lag-relay-changes',
      'stream-lag-watch-table',
      ...[...holdfast.workers.functions.keys()].map((name) => `worker-errors-${name}`),
    ]),
  )
})

test('what alarms and dashboard watch of an API is what it is called, also after the import of its document', () => {
  const names = [root, api].map((template) => {
    const [{ Properties } = { Properties: {} }] = Object.values(
      resourcesOf(template, 'AWS::ApiGateway::RestApi'),
    )
    const { Name, Body } = Properties as { Name: string; Body: { info: { title: string } } }
    expect(Body.info.title).toBe(Name)
    return Name
  })
  const watched = JSON.stringify(observability.toJSON())
  const found = [...watched.matchAll(/"Name":"ApiName","Value":"([^"]+)"/g)].map(([, it]) => it)
  expect(new Set(found)).toEqual(new Set(names))
})

test('keeps executions where that is asked for', () => {
  const { api: kept } = synthesise({
    build,
    stage: 'kept',
    reservedConcurrency: { 'seatbuilder/hold-seats': 200 },
  })
  const reserved = Object.values(resourcesOf(kept, 'AWS::Lambda::Function')).filter(
    ({ Properties }) => Properties['ReservedConcurrentExecutions'] !== undefined,
  )
  expect(reserved.map(({ Properties }) => Properties)).toMatchObject([
    { FunctionName: 'holdfast-kept-seatbuilder-hold-seats', ReservedConcurrentExecutions: 200 },
  ])
})

test('with a domain, one name leads to both APIs and the addresses of the gateway are closed', () => {
  const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/1'
  const named = synthesise({
    build,
    stage: 'named',
    domain: { name: 'seats.example.com', certificateArn },
    webAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/x/y',
  })
  const [domain] = Object.values(resourcesOf(named.root, 'AWS::ApiGateway::DomainName'))
  expect(domain?.Properties).toMatchObject({
    SecurityPolicy: 'TLS_1_2',
    RegionalCertificateArn: certificateArn,
  })
  const paths = [named.root, named.api].map((template) => {
    const [mapping] = Object.values(resourcesOf(template, 'AWS::ApiGateway::BasePathMapping'))
    return mapping?.Properties['BasePath']
  })
  expect(paths).toEqual([undefined, 'api'])
  for (const template of [named.root, named.api]) {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true })
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1)
  }
})
