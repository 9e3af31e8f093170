import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { resourcesOf, synthesise } from '../support/infra/synth.ts'
import { build, configOf, withWeb } from '../support/infra/web-scene.ts'

const stage = withWeb({ web: {} })

describe('the address of a buyer', () => {
  /** What the functions that look up keys are told. */
  const variablesOf = (of: Template) =>
    Object.values(resourcesOf(of, 'AWS::Lambda::Function')).map(
      ({ Properties }) =>
        (Properties['Environment'] as { Variables: Record<string, unknown> }).Variables,
    )
  const toldOf = (of: Template) => variablesOf(of).find((its) => 'HOLDFAST_ADDRESS_HEADER' in its)

  test('is the one that the distribution adds, and it shows itself by a secret that both are handed', () => {
    const told = toldOf(stage.api) ?? expect.unreachable()
    expect(told).toMatchObject({
      HOLDFAST_ADDRESS_HEADER: 'X-Forwarded-For',
      HOLDFAST_ADDRESS_FROM_RIGHT: '2',
    })
    const [{ OriginCustomHeaders: sent } = expect.unreachable()] = configOf(
      stage.web,
    ).Origins.filter((it) => it.CustomOriginConfig !== undefined) as {
      OriginCustomHeaders?: { HeaderName: string; HeaderValue: unknown }[]
    }[]
    expect(sent?.map(({ HeaderName }) => HeaderName)).toEqual(['X-Holdfast-Origin'])
    const secret = JSON.stringify(told['HOLDFAST_ORIGIN_SECRET'])
    expect(secret).toContain('{{resolve:secretsmanager:')
    expect(JSON.stringify(sent?.[0]?.HeaderValue)).toBe(secret)
  })

  test('is told by the gateway where nothing stands in front', () => {
    expect(toldOf(synthesise({ build, stage: 'test' }).api)).toBeUndefined()
  })

  test('is where the company says, by its own secret, which the distribution sends too', () => {
    const originSecretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:front-a1b2c3'
    const its = withWeb({ web: {}, callerAddress: { header: 'X-Viewer', originSecretArn } })
    expect(toldOf(its.api)).toMatchObject({
      HOLDFAST_ADDRESS_HEADER: 'X-Viewer',
      HOLDFAST_ADDRESS_FROM_RIGHT: '1',
      HOLDFAST_ORIGIN_SECRET: `{{resolve:secretsmanager:${originSecretArn}:SecretString:::}}`,
    })
    expect(JSON.stringify(configOf(its.web).Origins)).toContain(originSecretArn)
    expect(JSON.stringify(its.data)).not.toContain('origin-secret')
  })
})
