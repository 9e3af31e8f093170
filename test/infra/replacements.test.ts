import type { Template } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import { buildWithoutCode, resourcesOf, synthesise } from '../support/infra/synth.ts'

const build = await buildWithoutCode()
const name = 'holdfast-test-1127'
const streamArn = `arn:aws:dynamodb:eu-central-1:123456789012:table/${name}/stream/2026-11-27T00:00:00.000`
const own = synthesise({ build, stage: 'test' })
const restored = synthesise({ build, stage: 'test', restoredTable: { name, streamArn } })
const others = ['root', 'api', 'workers', 'observability'] as const

interface Plain {
  readonly Resources: Record<
    string,
    { Type: string; DependsOn?: string[]; DeletionPolicy?: string }
  >
  readonly Outputs?: Record<string, { Export?: unknown }>
  readonly Parameters?: Record<string, { Type: string; Default?: unknown }>
}

const plain = (template: Template) => template.toJSON() as Plain

/** The ids of a template's resources that say something else in another. */
function changed(before: Template, after: Template): string[] {
  const [one, two] = [plain(before).Resources, plain(after).Resources]
  return [...new Set([...Object.keys(one), ...Object.keys(two)])].filter(
    (id) => JSON.stringify(one[id]) !== JSON.stringify(two[id]),
  )
}

test('to a restored table and back, two parameters change and nothing else: no table goes, none is made anew', () => {
  const differing = changed(own.data, restored.data).map((id) => plain(own.data).Resources[id])
  expect(differing.map((it) => it?.Type)).toEqual(['AWS::SSM::Parameter', 'AWS::SSM::Parameter'])
  expect(plain(restored.data).Outputs).toEqual(plain(own.data).Outputs)
  const values = Object.values(resourcesOf(restored.data, 'AWS::SSM::Parameter'))
  expect(values.map(({ Properties }) => Properties['Value'])).toEqual([name, streamArn])
  for (const stack of others) expect(plain(restored[stack])).toEqual(plain(own[stack]))
})

test('no stack imports the table or its stream: each is looked up when the stack is deployed', () => {
  const table = Object.keys(resourcesOf(own.data, 'AWS::DynamoDB::GlobalTable'))[0] ?? ''
  for (const stack of others) expect(JSON.stringify(plain(own[stack]))).not.toContain(table)
  for (const stack of others) {
    const looked = Object.values(plain(own[stack]).Parameters ?? {}).filter(
      ({ Type }) => Type === 'AWS::SSM::Parameter::Value<String>',
    )
    expect(looked.map(({ Default }) => Default)).toContain('/holdfast/test/table')
  }
  const mappings = Object.values(resourcesOf(own.workers, 'AWS::Lambda::EventSourceMapping'))
  const streams = mappings.filter(({ Properties }) => 'StartingPosition' in Properties)
  for (const { Properties } of streams) {
    const { Ref = '' } = Properties['EventSourceArn'] as { Ref?: string }
    expect(plain(own.workers).Parameters?.[Ref]?.Default).toBe('/holdfast/test/table-stream')
  }
})

test('a first deployment that fails leaves nothing in the way of the next: what stays in any case is made last', () => {
  const { Resources } = plain(own.data)
  const entries = Object.entries(Resources)
  const staying = entries.filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')
  expect(staying.map(([, { Type }]) => Type)).toEqual(['AWS::DynamoDB::GlobalTable'])
  const [[, table] = []] = staying
  const before = entries.filter(([, it]) => it.DeletionPolicy === 'RetainExceptOnCreate')
  expect(before).toHaveLength(8)
  for (const [id] of before) expect(table?.DependsOn).toContain(id)
})

test('no API is made before the one that sets the role of the gateway’s logs', () => {
  const [first, ...following] = own.holdfast.apis
  const accounts = resourcesOf(own.root, 'AWS::ApiGateway::Account')
  expect(Object.keys(accounts)).toHaveLength(1)
  const [deployed] = Object.values(resourcesOf(own.root, 'AWS::ApiGateway::Stage'))
  expect((deployed as { DependsOn?: string[] } | undefined)?.DependsOn).toContain(
    Object.keys(accounts)[0],
  )
  for (const { stack } of following) expect(stack.dependencies).toContain(first?.stack)
  for (const { stack } of own.holdfast.apis) {
    expect(stack.dependencies).toContain(own.holdfast.data.stack)
  }
})
