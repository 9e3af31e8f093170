import type { Environment } from 'aws-cdk-lib'
import { FROM_RIGHT_MAX } from '../lib/network.ts'
import { isRequestLimit, REQUESTS_PER_MINUTE_MAX } from '../lib/request-limits.ts'
import type { Build } from './build.ts'

import {
  RATE_MAX as WAF_RATE_MAX,
  RATE_MIN as WAF_RATE_MIN,
  type RateRules,
} from './stacks/rate-rules.ts'

/** What a company decides about its Holdfast. Everything but the stage and the build may be left out. */
export interface HoldfastProps {
  /** `await buildHoldfast()`: the bundled functions; one build serves any number of stages. */
  readonly build: Build
  /** Names every resource, so that several stages fit into one account: `production`, `staging`. */
  readonly stage: string
  /** Account and Region; those of the caller's credentials when it is left out. */
  readonly env?: Environment
  /** Where the APIs are reached; without it, at addresses that API Gateway makes. */
  readonly domain?: {
    /** `seats.example.com`: the seats.io surface at its root, SeatBuilder's at `/api/v1`. */
    readonly name: string
    /** The certificate for that name in Certificate Manager, of the same Region. */
    readonly certificateArn: string
  }
  /** What one API takes: requests a second for long, and at once. */
  readonly throttle?: { readonly ratePerSecond: number; readonly burst: number }
  /** Days that logs are kept. */
  readonly logRetentionDays?: number
  /** Changes that publishable keys may ask for in a minute, with one key from one address, and with one key; no limit unless set. */
  readonly requestLimits?: { readonly perAddress?: number; readonly perKey?: number }
  /** Requests in a minute, of whatever kind, beyond which WAF refuses an address, or a key: a web ACL before each API. None unless set. */
  readonly rateRules?: RateRules
  /** What the table can take at once, without having seen it before. */
  readonly warmThroughput?: {
    readonly readUnitsPerSecond: number
    readonly writeUnitsPerSecond: number
  }
  /** Executions kept for single functions, by name: `{ 'seatbuilder/hold-seats': 200 }`. */
  readonly reservedConcurrency?: Readonly<Record<string, number>>
  /** How many webhooks one workspace may have, 20 unless set; and the ports of their receivers, 443 and 8443 unless set. */
  readonly webhooks?: { readonly perWorkspaceMax?: number; readonly ports?: readonly number[] }
  /** Origins whose pages may call the APIs; keys travel in a header, so all may unless told otherwise. */
  readonly corsOrigins?: readonly string[]
  /** An SNS topic that is told of every alarm. */
  readonly alarmTopicArn?: string
  /** A web ACL of WAF, regional, to put before both APIs. */
  readonly webAclArn?: string
  /**
   * Where requests tell from which address they came, where servers of the company stand in front; API Gateway tells it unless given, or, with
   * `web`, the distribution.
   */
  readonly callerAddress?: {
    /** `X-Forwarded-For`, or a header that the server in front writes. */
    readonly header: string
    /** Which of its values, counted from the last; 1 unless given. API Gateway itself adds the last one to `X-Forwarded-For`. */
    readonly fromRight?: number
    /** A secret in Secrets Manager: the server in front sends its text in `X-Holdfast-Origin`, and is not believed without. */
    readonly originSecretArn?: string
  }
  /** A table that was restored from a backup, to work with instead of the stack's own. */
  readonly restoredTable?: { readonly name: string; readonly streamArn: string }
  /** API Gateway writes access logs through one role of the whole Region's account: left alone if this is false. */
  readonly setsGatewayLogRole?: boolean
  /** Seat map, shop and both APIs behind one distribution of CloudFront; none unless it is there, if only as `{}`. */
  readonly web?: {
    /** Where the distribution is reached, besides the address that CloudFront makes: another name than the APIs have. */
    readonly domain?: {
      /** `tickets.example.com`. */
      readonly name: string
      /** The certificate for that name in Certificate Manager of us-east-1, wherever the stage is. */
      readonly certificateArn: string
    }
    /** A web ACL of WAF, global, to put before it. */
    readonly webAclArn?: string
    /** A bucket with access control lists that CloudFront writes its access logs to. */
    readonly accessLogs?: { readonly bucketName: string }
  }
  /** Tags on everything, besides `holdfast:stage`. */
  readonly tags?: Readonly<Record<string, string>>
}

/** Props with every default filled in. */
export type CheckedProps = HoldfastProps &
  Required<
    Pick<
      HoldfastProps,
      'throttle' | 'logRetentionDays' | 'reservedConcurrency' | 'setsGatewayLogRole'
    >
  >

/** Props that cannot be deployed; the message says what to change. */
export class PropsError extends Error {
  override readonly name = 'PropsError'
}

/** A tenth of what an account's Region has at first, so that one stage cannot take everything from the others. */
const THROTTLE = { ratePerSecond: 1_000, burst: 500 }

/** What an account's Region has at first, for all of its APIs together. */
const RATE_MAX = 10_000
const BURST_MAX = 5_000

const RETENTION_DAYS = 30

/** Rules that one bus takes. */
export const RULES_MAX = 300

/** Days that CloudWatch Logs knows. */
export const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
]

/** Lambda names have 64 characters: `holdfast-<stage>-<surface>-<function>` must fit for the longest of ours. */
export const STAGE_LENGTH_MAX = 12

/** Fills in defaults, and refuses what could not be deployed, or would not do what was meant. */
export function checkProps(props: HoldfastProps): CheckedProps {
  const {
    throttle = THROTTLE,
    logRetentionDays = RETENTION_DAYS,
    setsGatewayLogRole = true,
  } = props
  const { reservedConcurrency = {} } = props
  const checked = {
    ...props,
    throttle,
    logRetentionDays,
    setsGatewayLogRole,
    reservedConcurrency,
  }
  const wrong = checks.map((check) => check(checked)).find((message) => message !== undefined)
  if (wrong !== undefined) throw new PropsError(wrong)
  return checked
}

type Check = (props: CheckedProps) => string | undefined

const HOST_NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

const checks: readonly Check[] = [
  ({ stage }) => {
    const fits = new RegExp(`^[a-z][a-z0-9-]{0,${STAGE_LENGTH_MAX - 1}}$`).test(stage)
    if (fits && !stage.endsWith('-') && !stage.includes('--')) return undefined
    return `The stage "${stage}" cannot name resources: take 1 to ${STAGE_LENGTH_MAX} lower-case letters, digits and single hyphens, a letter first, such as "production".`
  },
  ({ domain }) => {
    if (domain === undefined) return undefined
    if (!domain.certificateArn) {
      return `The domain ${domain.name} has no certificate: give domain.certificateArn, of a certificate for that name in this Region.`
    }
    if (!HOST_NAME.test(domain.name)) {
      return `The domain "${domain.name}" is no host name: give one in lower case without scheme and path, such as "seats.example.com".`
    }
    if (isArnOf('acm', domain.certificateArn)) return undefined
    return `domain.certificateArn must be the ARN of a certificate in Certificate Manager, not "${domain.certificateArn}".`
  },
  ({ throttle: { ratePerSecond, burst } }) =>
    isCount(ratePerSecond, RATE_MAX) && isCount(burst, BURST_MAX)
      ? undefined
      : `throttle must have a ratePerSecond from 1 to ${RATE_MAX} and a burst from 1 to ${BURST_MAX}, whole numbers: more needs a higher quota, and is then a change of these limits in infra/props.ts.`,
  ({ logRetentionDays: days }) =>
    RETENTIONS.includes(days)
      ? undefined
      : `Logs cannot be kept for ${days} days: logRetentionDays must be one of ${RETENTIONS.join(', ')}.`,
  ({ warmThroughput }) => {
    if (warmThroughput === undefined) return undefined
    const { readUnitsPerSecond: reads, writeUnitsPerSecond: writes } = warmThroughput
    // A new on-demand table has these from the start, and DynamoDB refuses less.
    if (Number.isInteger(reads) && reads >= 12_000 && Number.isInteger(writes) && writes >= 4_000) {
      return undefined
    }
    return 'warmThroughput must have readUnitsPerSecond of at least 12000 and writeUnitsPerSecond of at least 4000, whole numbers: every new table has these anyway.'
  },
  ({ reservedConcurrency, build }) => {
    const names = [...build.endpoints, ...build.workers].map(({ bundle }) => bundle.name)
    for (const [name, executions] of Object.entries(reservedConcurrency)) {
      if (!names.includes(name)) {
        return `reservedConcurrency names no function: "${name}". It takes names such as "${names[0] ?? ''}".`
      }
      if (!isCount(executions, 100_000)) {
        return `reservedConcurrency of ${name} must be a whole number from 1, not ${executions}.`
      }
    }
    return undefined
  },
  ({ webhooks: { perWorkspaceMax = 1, ports = [443] } = {} }) =>
    isCount(perWorkspaceMax, RULES_MAX) &&
    ports.length > 0 &&
    ports.every((port) => isCount(port, 65_535))
      ? undefined
      : `webhooks must have a perWorkspaceMax from 1 to ${RULES_MAX}, and ports from 1 to 65535, whole numbers: at least one where there are any.`,
  ({ corsOrigins }) => {
    if (corsOrigins === undefined) return undefined
    if (corsOrigins.length === 0) {
      return 'corsOrigins is empty: leave it out to let pages of any origin call, or name at least one.'
    }
    const wrong = corsOrigins.find((origin) => !/^https?:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin))
    if (wrong === undefined) return undefined
    return `"${wrong}" is no origin: corsOrigins takes scheme and host in lower case without a path, such as "https://tickets.example.com".`
  },
  ({ alarmTopicArn }) => mustBeArn('alarmTopicArn', 'sns', alarmTopicArn),
  ({ webAclArn }) => {
    if (webAclArn === undefined || /^arn:[\w-]+:wafv2:[\w-]+:\d{12}:regional\//.test(webAclArn)) {
      return mustBeArn('webAclArn', 'wafv2', webAclArn)
    }
    return `webAclArn must be the ARN of a regional web ACL of WAFv2, not "${webAclArn}".`
  },
  ({ requestLimits = {} }) =>
    Object.values(requestLimits).every(isRequestLimit)
      ? undefined
      : `requestLimits must have perAddress and perKey from 1 to ${REQUESTS_PER_MINUTE_MAX}, whole numbers, or be without.`,
  ({ rateRules }) => {
    const rates = Object.values({ perAddress: WAF_RATE_MIN, ...rateRules })
    if (rates.every((rate) => isCount(rate, WAF_RATE_MAX) && rate >= WAF_RATE_MIN)) return undefined
    return `rateRules must have perAddress and perKey from ${WAF_RATE_MIN} to ${WAF_RATE_MAX} requests a minute, whole numbers, or be without.`
  },
  ({ rateRules, webAclArn }) => {
    if (rateRules === undefined) return undefined
    if (webAclArn !== undefined) {
      return 'rateRules make a web ACL of their own, and an API has one: leave out webAclArn, or put such rules there.'
    }
    if (Object.keys(rateRules).length > 0) return undefined
    return 'rateRules is empty: give perAddress or perKey, or leave it out.'
  },
  ({ callerAddress: { header, fromRight = 1 } = { header: 'X-Forwarded-For' } }) =>
    /^[\w-]{1,100}$/.test(header) && isCount(fromRight, FROM_RIGHT_MAX)
      ? undefined
      : `callerAddress must have the name of a header, and a fromRight from 1 to ${FROM_RIGHT_MAX}, a whole number.`,
  ({ callerAddress: { originSecretArn } = {} }) =>
    mustBeArn('callerAddress.originSecretArn', 'secretsmanager', originSecretArn),
  ({ web, build }) =>
    web === undefined || build.webFolder !== undefined
      ? undefined
      : 'web needs the built files of the seat map: give build.webFolder, as in { ...await buildHoldfast(), webFolder: await buildWebFolder() }.',
  ({ web: { domain: its } = {}, domain }) => {
    if (its === undefined) return undefined
    if (!HOST_NAME.test(its.name)) {
      return `The web.domain "${its.name}" is no host name: give one in lower case without scheme and path, such as "tickets.example.com".`
    }
    if (its.name === domain?.name) {
      return `${its.name} leads to the APIs already: give web.domain another name, such as "tickets.example.com", under which the APIs are too.`
    }
    if (/^arn:[\w-]+:acm:us-east-1:\d{12}:certificate\/.+$/.test(its.certificateArn))
      return undefined
    return `web.domain.certificateArn must be the ARN of a certificate for ${its.name} in Certificate Manager of us-east-1, where CloudFront looks for it, not "${its.certificateArn}".`
  },
  ({ web: { webAclArn } = {} }) => {
    if (webAclArn === undefined || /^arn:[\w-]+:wafv2:us-east-1:\d{12}:global\//.test(webAclArn)) {
      return undefined
    }
    return `web.webAclArn must be the ARN of a global web ACL of WAFv2, made in us-east-1 for CloudFront, not "${webAclArn}".`
  },
  ({ web: { accessLogs } = {} }) =>
    accessLogs === undefined || BUCKET_NAME.test(accessLogs.bucketName)
      ? undefined
      : `web.accessLogs.bucketName must be the name of a bucket, not "${accessLogs.bucketName}".`,
  ({ restoredTable }) => {
    if (restoredTable === undefined) return undefined
    const { name, streamArn } = restoredTable
    if (isArnOf('dynamodb', streamArn) && streamArn.includes(`:table/${name}/stream/`)) {
      return undefined
    }
    return `restoredTable.streamArn must be the ARN of the stream of the table ${name}: switch its stream on, with new and old images, and take LatestStreamArn from describe-table.`
  },
]

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max
}

function mustBeArn(prop: string, service: string, value: string | undefined): string | undefined {
  if (value === undefined || isArnOf(service, value)) return undefined
  return `${prop} must be an ARN of the service ${service}, not "${value}".`
}

function isArnOf(service: string, value: string): boolean {
  return new RegExp(`^arn:[\\w-]+:${service}:[\\w-]+:\\d{12}:.+$`).test(value)
}
