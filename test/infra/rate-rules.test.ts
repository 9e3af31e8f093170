import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { expect, test } from 'vitest'
import { rateAcl } from '../../infra/stacks/rate-rules.ts'
import { seatbuilder } from '../../lib/seatbuilder/surface.ts'
import { nagFindings, resourcesOf, synthesise } from '../support/infra/synth.ts'
import { build, withWeb } from '../support/infra/web-scene.ts'

const rateRules = { perAddress: 1_200, perKey: 600_000 }
const stage = synthesise({ build, stage: 'test', rateRules })

interface Rule {
  readonly Name: string
  readonly Priority: number
  readonly Statement: { readonly RateBasedStatement: Record<string, unknown> }
  readonly Action: { readonly Block: { readonly CustomResponse: Record<string, unknown> } }
  readonly VisibilityConfig: object
}

function aclOf(template: Template) {
  const [[id, { Properties }] = expect.unreachable(), ...others] = Object.entries(
    resourcesOf(template, 'AWS::WAFv2::WebACL'),
  )
  expect(others).toEqual([])
  const rules = Properties['Rules'] as Rule[]
  const bodies = Properties['CustomResponseBodies'] as { TooMany: { Content: string } }
  const said = JSON.parse(bodies.TooMany.Content) as Record<string, unknown>
  return { id, Properties, rules, said }
}

test('there is no web ACL unless it is asked for', () => {
  const { api, root } = synthesise({ build, stage: 'test' })
  for (const template of [api, root]) {
    expect(resourcesOf(template, 'AWS::WAFv2::WebACL')).toEqual({})
    expect(resourcesOf(template, 'AWS::WAFv2::WebACLAssociation')).toEqual({})
  }
})

test('each API has an ACL that lets pass all but what comes too often, by address and by key', () => {
  const keys = [
    [stage.api, 'x-api-key'],
    [stage.root, 'authorization'],
  ] as const
  for (const [template, header] of keys) {
    const { id, Properties, rules } = aclOf(template)
    expect(Properties).toMatchObject({ Scope: 'REGIONAL', DefaultAction: { Allow: {} } })
    const statements = rules.map(({ Statement }) => Statement.RateBasedStatement)
    expect(statements).toEqual([
      { Limit: 1_200, EvaluationWindowSec: 60, AggregateKeyType: 'IP' },
      {
        Limit: 600_000,
        EvaluationWindowSec: 60,
        AggregateKeyType: 'CUSTOM_KEYS',
        CustomKeys: [
          { Header: { Name: header, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } },
        ],
      },
    ])
    expect(rules.map(({ Priority }) => Priority)).toEqual([0, 1])
    const [association] = Object.values(resourcesOf(template, 'AWS::WAFv2::WebACLAssociation'))
    expect(association?.Properties['WebACLArn']).toEqual({ 'Fn::GetAtt': [id, 'Arn'] })
    expect(JSON.stringify(association?.Properties['ResourceArn'])).toContain('/stages/')
  }
})

test('a refusal is 429 in the words of the surface, says when to come again, and pages may read it', () => {
  const [api, root] = [aclOf(stage.api), aclOf(stage.root)]
  expect(api.said).toEqual({
    statusCode: 429,
    code: 'too_many_requests',
    message: expect.any(String) as string,
  })
  expect(root.said).toMatchObject({
    status: 429,
    errors: [{ code: 'RATE_LIMIT_EXCEEDED', message: expect.any(String) as string }],
  })
  for (const { Action } of [...api.rules, ...root.rules]) {
    expect(Action.Block.CustomResponse).toMatchObject({
      ResponseCode: 429,
      CustomResponseBodyKey: 'TooMany',
      ResponseHeaders: expect.arrayContaining([
        { Name: 'Retry-After', Value: '60' },
        { Name: 'Access-Control-Allow-Origin', Value: '*' },
      ]) as unknown,
    })
  }
})

test('no sample of a request is kept: keys are in the headers', () => {
  const { Properties, rules } = aclOf(stage.api)
  const seen = [Properties['VisibilityConfig'], ...rules.map((rule) => rule.VisibilityConfig)]
  for (const its of seen) {
    expect(its).toMatchObject({ SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true })
  }
})

test('one rule may be left out', () => {
  const { api } = synthesise({ build, stage: 'test', rateRules: { perKey: 10 } })
  expect(aclOf(api).rules.map(({ Name }) => Name)).toEqual(['per-key'])
})

test('what shows the secret of the distribution is not counted by address: all of it comes from CloudFront', () => {
  const { rules } = aclOf(withWeb({ web: {}, rateRules }).api)
  const [byAddress, byKey] = rules.map(({ Statement }) => Statement.RateBasedStatement)
  expect(byAddress?.['ScopeDownStatement']).toMatchObject({
    NotStatement: {
      Statement: {
        ByteMatchStatement: {
          FieldToMatch: { SingleHeader: { Name: 'x-holdfast-origin' } },
          PositionalConstraint: 'EXACTLY',
        },
      },
    },
  })
  expect(JSON.stringify(byAddress)).toContain('{{resolve:secretsmanager:')
  expect(byKey).not.toHaveProperty('ScopeDownStatement')
})

test('an ACL for CloudFront is made by the same function', () => {
  const stack = new Stack(new App(), 'Edge', { env: { region: 'us-east-1' } })
  rateAcl(stack, 'RateRules', {
    name: 'edge',
    scope: 'CLOUDFRONT',
    surface: seatbuilder,
    rules: { perAddress: 10 },
  })
  const { Properties, rules } = aclOf(Template.fromStack(stack))
  expect([Properties['Scope'], rules.map(({ Name }) => Name)]).toEqual([
    'CLOUDFRONT',
    ['per-address'],
  ])
})

test('cdk-nag finds nothing that is not acknowledged with a reason', () => {
  expect(nagFindings(stage)).toEqual([])
})
