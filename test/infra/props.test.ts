import { expect, test } from 'vitest'
import type { Build } from '../../infra/build.ts'
import { readContext } from '../../infra/context.ts'
import { nameOf } from '../../infra/stacks/functions.ts'
import { checkProps, STAGE_LENGTH_MAX, type HoldfastProps } from '../../infra/props.ts'
import { listFunctionFiles } from '../../lib/http/catalog.ts'

const files = await listFunctionFiles()
const build = {
  endpoints: files.map(({ folder, name }) => ({ bundle: { name: `${folder}/${name}` } })),
  workers: [],
  webFolder: 'dist/web',
} as unknown as Build

const check = (props: Partial<HoldfastProps>) =>
  checkProps({ build, stage: 'production', ...props })
const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/1'
const webCertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1'

test('a stage alone is enough', () => {
  expect(check({})).toMatchObject({ throttle: { ratePerSecond: 1_000 }, logRetentionDays: 30 })
})

test('the longest stage leaves room for the longest function', () => {
  const names = files.map(({ folder, name }) =>
    nameOf('x'.repeat(STAGE_LENGTH_MAX), `${folder}/${name}`),
  )
  expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(64)
})

test.each<[string, Partial<HoldfastProps>, RegExp]>([
  [
    'a stage with capitals',
    { stage: 'Prod' },
    /The stage "Prod" cannot name resources: take 1 to 12/,
  ],
  ['a stage without a letter in front', { stage: '1st' }, /a letter first/],
  ['a stage that is too long', { stage: 'a'.repeat(STAGE_LENGTH_MAX + 1) }, /1 to 12/],
  ['a stage that ends in a hyphen', { stage: 'prod-' }, /single hyphens/],
  ['an empty stage', { stage: '' }, /cannot name resources/],
  [
    'a domain without a certificate',
    { domain: { name: 'seats.example.com', certificateArn: '' } },
    /seats\.example\.com has no certificate: give domain\.certificateArn/,
  ],
  [
    'a domain that is a URL',
    { domain: { name: 'https://seats.example.com', certificateArn } },
    /is no host name/,
  ],
  [
    'a certificate of another service',
    {
      domain: { name: 'seats.example.com', certificateArn: 'arn:aws:iam::1:server-certificate/x' },
    },
    /Certificate Manager/,
  ],
  [
    'a retention that does not exist',
    { logRetentionDays: 31 },
    /for 31 days: .* must be one of 1, 3, 5/,
  ],
  [
    'a rate of nothing',
    { throttle: { ratePerSecond: 0, burst: 1 } },
    /ratePerSecond from 1 to 10000/,
  ],
  [
    'a burst above the quota',
    { throttle: { ratePerSecond: 1, burst: 5_001 } },
    /burst from 1 to 5000/,
  ],
  [
    'warm throughput below what every table has',
    { warmThroughput: { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 3_999 } },
    /writeUnitsPerSecond of at least 4000/,
  ],
  [
    'concurrency for no function',
    { reservedConcurrency: { hold: 5 } },
    /names no function: "hold"/,
  ],
  [
    'half an execution',
    { reservedConcurrency: { 'seatbuilder/hold-seats': 0.5 } },
    /must be a whole number from 1, not 0.5/,
  ],
  ['no webhook at all', { webhooks: { perWorkspaceMax: 0 } }, /perWorkspaceMax from 1 to 300/],
  ['more webhooks than rules', { webhooks: { perWorkspaceMax: 301 } }, /from 1 to 300/],
  ['no port at all', { webhooks: { ports: [] } }, /ports from 1 to 65535/],
  ['a port that is none', { webhooks: { ports: [65_536] } }, /ports from 1 to 65535/],
  ['no origin at all', { corsOrigins: [] }, /corsOrigins is empty: leave it out/],
  ['an origin with a path', { corsOrigins: ['https://a.example.com/'] }, /is no origin/],
  [
    'a topic by its name',
    { alarmTopicArn: 'alarms' },
    /alarmTopicArn must be an ARN of the service sns/,
  ],
  [
    'a web ACL of CloudFront',
    { webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/y' },
    /regional web ACL/,
  ],
  ['no request at all', { requestLimits: { perAddress: 0 } }, /from 1 to 9999999/],
  ['more requests than anybody means', { requestLimits: { perKey: 10_000_000 } }, /from 1 to/],
  ['half a request', { requestLimits: { perKey: 0.5 } }, /whole numbers/],
  ['a rate below what WAF takes', { rateRules: { perAddress: 9 } }, /from 10 to 2000000000/],
  [
    'a rate above what WAF takes',
    { rateRules: { perKey: 2_000_000_001 } },
    /from 10 to 2000000000/,
  ],
  ['rate rules without a rule', { rateRules: {} }, /rateRules is empty/],
  [
    'rate rules beside a web ACL',
    {
      rateRules: { perAddress: 10 },
      webAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/x/y',
    },
    /leave out webAclArn/,
  ],
  ['a header of two words', { callerAddress: { header: 'X Viewer' } }, /the name of a header/],
  [
    'an address to the right of all',
    { callerAddress: { header: 'X-Viewer', fromRight: 0 } },
    /a fromRight from 1 to 10/,
  ],
  [
    'an address behind too many servers',
    { callerAddress: { header: 'X-Viewer', fromRight: 11 } },
    /a fromRight from 1 to 10/,
  ],
  [
    'the secret of the server in front itself',
    { callerAddress: { header: 'X-Viewer', originSecretArn: 'secret' } },
    /callerAddress\.originSecretArn must be an ARN of the service secretsmanager/,
  ],
  [
    'a seat map without its files',
    { web: {}, build: { endpoints: [], workers: [] } },
    /give build\.webFolder/,
  ],
  [
    'a name of the seat map that is a URL',
    { web: { domain: { name: 'https://a.example.com', certificateArn: webCertificateArn } } },
    /web\.domain "https:\/\/a\.example\.com" is no host name/,
  ],
  [
    'a name of the seat map that the APIs have',
    {
      domain: { name: 'seats.example.com', certificateArn },
      web: { domain: { name: 'seats.example.com', certificateArn: webCertificateArn } },
    },
    /leads to the APIs already: give web\.domain another name/,
  ],
  [
    'a certificate of the seat map in the Region of the stage',
    { web: { domain: { name: 'a.example.com', certificateArn } } },
    /web\.domain\.certificateArn .* of us-east-1/,
  ],
  [
    'a seat map’s web ACL that is regional',
    { web: { webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/x/y' } },
    /web\.webAclArn .* global web ACL/,
  ],
  [
    'access logs into a URL',
    { web: { accessLogs: { bucketName: 's3://logs' } } },
    /name of a bucket, not "s3:\/\/logs"/,
  ],
  [
    'a restored table with the stream of another',
    {
      restoredTable: {
        name: 'restored',
        streamArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/other/stream/2026',
      },
    },
    /must be the ARN of the stream of the table restored/,
  ],
])('refused with what to change: %s', (_, props, message) => {
  expect(() => check(props)).toThrow(message)
})

test('the largest and smallest of everything are taken', () => {
  const streamArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/restored/stream/2026'
  const largest: Partial<HoldfastProps> = {
    stage: `a${'b'.repeat(STAGE_LENGTH_MAX - 1)}`,
    domain: { name: 'seats.example.com', certificateArn },
    throttle: { ratePerSecond: 10_000, burst: 5_000 },
    warmThroughput: { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 4_000 },
    reservedConcurrency: { 'seatbuilder/hold-seats': 1 },
    corsOrigins: ['http://localhost:8080'],
    webhooks: { perWorkspaceMax: 300, ports: [1, 443, 65_535] },
    logRetentionDays: 3653,
    alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:alarms',
    webAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/x/y',
    requestLimits: { perAddress: 1, perKey: 9_999_999 },
    callerAddress: { header: 'X-Viewer', fromRight: 10 },
    restoredTable: { name: 'restored', streamArn },
    web: {
      domain: { name: 'tickets.example.com', certificateArn: webCertificateArn },
      webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/y',
      accessLogs: { bucketName: 'logs-of-acme' },
    },
  }
  expect(check(largest)).toMatchObject(largest)
  expect(check({ stage: 'a', throttle: { ratePerSecond: 1, burst: 1 } })).toBeDefined()
})

test('the context says all of it, in cdk.json as it stands and on the command line as JSON', () => {
  const said: Record<string, unknown> = {
    'holdfast:stage': 'staging',
    'holdfast:logRetentionDays': '90',
    'holdfast:corsOrigins': '["https://a.example.com"]',
    'holdfast:throttle': { ratePerSecond: 5, burst: 5 },
  }
  expect(readContext((name) => said[name])).toEqual({
    stage: 'staging',
    logRetentionDays: 90,
    corsOrigins: ['https://a.example.com'],
    throttle: { ratePerSecond: 5, burst: 5 },
  })
  expect(readContext(() => undefined)).toEqual({ stage: 'production' })
  expect(() => readContext((name) => (name === 'holdfast:tags' ? '{team}' : undefined))).toThrow(
    'The context holdfast:tags is no JSON',
  )
})
