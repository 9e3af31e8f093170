import type { SecretValue } from 'aws-cdk-lib'
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import { ORIGIN_HEADER } from '../../lib/http/caller-address.ts'
import { ANSWER_HEADERS } from '../../lib/http/cors.ts'
import type { Surface } from '../../lib/http/surface.ts'
import { MINUTE_SECONDS } from '../../lib/limits/durations.ts'

/** Requests in a minute beyond which WAF refuses, reads and strangers counted too. */
export interface RateRules {
  /** From one address. */
  readonly perAddress?: number
  /** With one key. */
  readonly perKey?: number
}

/** Before what the ACL stands, and in whose words it refuses. */
export interface RateAcl {
  readonly name: string
  readonly scope: 'REGIONAL' | 'CLOUDFRONT'
  readonly surface: Pick<Surface, 'name' | 'answer'>
  readonly rules: RateRules
  /** Requests that show it come from a server in front, which counts by addresses itself. */
  readonly originSecret?: SecretValue | undefined
}

/** What WAF takes as the limit of a rate rule. */
export const RATE_MIN = 10
export const RATE_MAX = 2_000_000_000

/** The header that keys are in, by surface. */
const KEY_HEADERS: Readonly<Record<string, string>> = {
  seatbuilder: 'x-api-key',
  seatsio: 'authorization',
}

const TOO_MANY = 'TooMany'

const asItIs = [{ priority: 0, type: 'NONE' }]

/** A web ACL that lets everything pass but what comes too often. */
export function rateAcl(scope: Construct, id: string, its: RateAcl): CfnWebACL {
  const { name, surface, rules } = its
  const { body = {} } = surface.answer(
    { code: 'too-many-requests', retrySeconds: MINUTE_SECONDS },
    { requestId: '', workspaceKey: '' },
  )
  const made = [addressRule(its), keyRule(its)].flat()
  return new CfnWebACL(scope, id, {
    name,
    description: `Holdfast: what comes too often, ${Object.keys(rules).join(' and ')}`,
    scope: its.scope,
    defaultAction: { allow: {} },
    visibilityConfig: seenAs(name),
    customResponseBodies: {
      [TOO_MANY]: { contentType: 'APPLICATION_JSON', content: `${JSON.stringify(body)}\n` },
    },
    rules: made.map((statement, priority) => ruleOf({ ...statement, priority })),
  })
}

interface NamedStatement {
  readonly name: string
  readonly rate: CfnWebACL.RateBasedStatementProperty
}

/** By the connection and not by a header: WAF takes the first value, which is the caller's to write. */
function addressRule({ rules, originSecret }: RateAcl): NamedStatement[] {
  if (rules.perAddress === undefined) return []
  const rate = { limit: rules.perAddress, evaluationWindowSec: MINUTE_SECONDS }
  return [
    {
      name: 'per-address',
      rate: {
        ...rate,
        aggregateKeyType: 'IP',
        ...(originSecret && { scopeDownStatement: notFromFront(originSecret) }),
      },
    },
  ]
}

function notFromFront(originSecret: SecretValue): CfnWebACL.StatementProperty {
  return {
    notStatement: {
      statement: {
        byteMatchStatement: {
          fieldToMatch: { singleHeader: { Name: ORIGIN_HEADER.toLowerCase() } },
          positionalConstraint: 'EXACTLY',
          searchString: originSecret.unsafeUnwrap(),
          textTransformations: asItIs,
        },
      },
    },
  }
}

function keyRule({ rules, surface }: RateAcl): NamedStatement[] {
  const { [surface.name]: name } = KEY_HEADERS
  if (rules.perKey === undefined) return []
  if (name === undefined) throw new Error(`Nobody knows where keys of ${surface.name} are.`)
  return [
    {
      name: 'per-key',
      rate: {
        limit: rules.perKey,
        evaluationWindowSec: MINUTE_SECONDS,
        aggregateKeyType: 'CUSTOM_KEYS',
        customKeys: [{ header: { name, textTransformations: asItIs } }],
      },
    },
  ]
}

function ruleOf({
  name,
  rate,
  priority,
}: NamedStatement & { priority: number }): CfnWebACL.RuleProperty {
  const told = {
    'Retry-After': String(MINUTE_SECONDS),
    'Cache-Control': 'private, no-store',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': ANSWER_HEADERS,
  }
  const responseHeaders = Object.entries(told).map(([header, value]) => ({ name: header, value }))
  const customResponse = { responseCode: 429, customResponseBodyKey: TOO_MANY, responseHeaders }
  return {
    name,
    priority,
    statement: { rateBasedStatement: rate },
    action: { block: { customResponse } },
    visibilityConfig: seenAs(name),
  }
}

/** Counted, but no request is shown: keys are in their headers. */
function seenAs(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false }
}
