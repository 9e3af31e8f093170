import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate'
import { CONTENT_SECURITY_POLICY } from '../../lib/http/page-policy.ts'
import { simulationOf } from '../support/iam/guard.ts'
import {
  allResources,
  nagFindings,
  resourcesOf,
  synthesise,
  type Resource,
} from '../support/infra/synth.ts'
import {
  behaviorFor,
  build,
  certificateArn,
  configOf,
  originFor,
  the,
  withWeb,
} from '../support/infra/web-scene.ts'

const stage = withWeb({ web: {} })
const named = withWeb({
  stage: 'named',
  env: { account: '123456789012', region: 'eu-central-1' },
  corsOrigins: ['https://tickets.example.com'],
  domain: {
    name: 'seats.example.com',
    certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/1',
  },
  web: {
    domain: { name: 'tickets.example.com', certificateArn },
    webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/y',
    accessLogs: { bucketName: 'logs-of-acme' },
  },
})

const config = configOf(stage.web)
/** Managed policies of AWS, by their ids. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac'

test('there is no distribution and no bucket unless it is asked for', () => {
  const { web, holdfast, ...others } = synthesise({ build, stage: 'test' })
  expect([web, holdfast.web]).toEqual([undefined, undefined])
  const types = allResources({ holdfast, ...others }).map(([, { Type }]) => Type)
  expect(types.filter((type) => /CloudFront|S3/.test(type))).toEqual([])
})

test('cdk-nag finds nothing that is not acknowledged with a reason', () => {
  expect([...nagFindings(stage), ...nagFindings(named)]).toEqual([])
})

test('built files come from the bucket, paths of SeatBuilder from its API, and all others from that of seats.io', () => {
  for (const path of ['/', '/index.html', '/seat-map.js', '/chart.js', '/shop/shop.css']) {
    expect([path, originFor(config, path).S3OriginConfig]).toEqual([path, expect.anything()])
  }
  const pathsOf = (surface: string) =>
    build.endpoints.filter((it) => it.surface === surface).map(({ endpoint: { path } }) => path)
  const hostOf = (path: string) => JSON.stringify(originFor(config, path).DomainName)
  for (const path of pathsOf('seatbuilder').filter((it) => it.startsWith('/api/'))) {
    expect([path, hostOf(path)]).toEqual([path, expect.stringContaining('holdfast-test-api')])
    expect(originFor(config, path).OriginPath).toBeUndefined()
  }
  for (const path of pathsOf('seatsio')) {
    expect([path, hostOf(path)]).toEqual([path, expect.stringContaining('holdfast-test-root')])
    expect(originFor(config, path).OriginPath).toBe('/root')
  }
})

test('with a domain of the APIs, which closes the gateway’s own addresses, they are reached there', () => {
  const its = configOf(named.web)
  for (const path of ['/events/x', '/api/v1/events', '/api/v1/events/x/snapshot']) {
    expect(originFor(its, path)).toMatchObject({ DomainName: 'seats.example.com' })
    expect(originFor(its, path).OriginPath).toBeUndefined()
  }
})

describe('requests to the APIs', () => {
  const paths = ['/events/x', '/api/v1/events/x/seats/hold', '/api/v1/events/x/snapshot/y']

  test('are handed on with everything but the host, and no answer is kept', () => {
    for (const path of paths) {
      expect(behaviorFor(config, path)).toMatchObject({
        CachePolicyId: CACHING_DISABLED,
        OriginRequestPolicyId: ALL_BUT_HOST,
      })
    }
  })

  test('may have every method, and are never led on from where keys travel in the clear', () => {
    for (const path of [...paths, '/api/v1/events/x/snapshot']) {
      const { AllowedMethods, ViewerProtocolPolicy } = behaviorFor(config, path)
      expect(AllowedMethods).toHaveLength(7)
      expect(ViewerProtocolPolicy).toBe('https-only')
    }
    for (const { CustomOriginConfig: its } of config.Origins) {
      if (its === undefined) continue
      expect(its).toMatchObject({
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
      })
    }
  })

  test('that are refused are not refused to the next caller: no error is kept', () => {
    const kept = config['CustomErrorResponses'] as {
      ErrorCode: number
      ErrorCachingMinTTL: number
    }[]
    expect(kept.map(({ ErrorCode }) => ErrorCode)).toEqual(
      expect.arrayContaining([400, 403, 404, 405, 414, 500, 501, 502, 503, 504]),
    )
    for (const { ErrorCachingMinTTL } of kept) expect(ErrorCachingMinTTL).toBe(0)
  })
})

describe('the snapshot', () => {
  const { endpoint } =
    build.endpoints.find(({ name }) => name === 'get-snapshot') ?? expect.unreachable()
  const policyOf = (template: Template) => the(template, 'AWS::CloudFront::CachePolicy')

  test('is kept a second, by key and query, and nothing that is not in the key reaches the API', () => {
    const { CachePolicyId, OriginRequestPolicyId } = behaviorFor(
      config,
      endpoint.path.replace('{eventKey}', 'evt_demo'),
    )
    expect(CachePolicyId).toEqual({
      Ref: Object.keys(resourcesOf(stage.web, 'AWS::CloudFront::CachePolicy'))[0],
    })
    expect(OriginRequestPolicyId).toBeUndefined()
    expect(policyOf(stage.web)).toMatchObject({
      CachePolicyConfig: {
        MinTTL: 1,
        DefaultTTL: 1,
        MaxTTL: 1,
        ParametersInCacheKeyAndForwardedToOrigin: {
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['X-Api-Key'] },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
          CookiesConfig: { CookieBehavior: 'none' },
          EnableAcceptEncodingGzip: true,
          EnableAcceptEncodingBrotli: true,
        },
      },
    })
  })

  test('is kept by origin too where origins are listed, since each is answered its own', () => {
    const headers = (
      policyOf(named.web)['CachePolicyConfig'] as Record<string, Resource['Properties']>
    )['ParametersInCacheKeyAndForwardedToOrigin']?.['HeadersConfig']
    expect(headers).toMatchObject({ Headers: ['X-Api-Key', 'Origin'] })
  })

  test('is told who asks by that header alone', () => {
    const { credential } = endpoint.surface
    expect(credential({ 'x-api-key': 'pk', authorization: 'Basic x' })).toEqual({ key: 'pk' })
    expect(credential({ authorization: 'Basic x', 'x-workspace-key': 'w' })).toBeUndefined()
  })

  test('is told that it is shared, and only where it is', () => {
    const told = (its: typeof stage | ReturnType<typeof synthesise>) =>
      allResources(its).flatMap(([, { Type, Properties }]) =>
        Type === 'AWS::Lambda::Function'
          ? [(Properties['Environment'] as { Variables: object }).Variables]
          : [],
      )
    for (const its of told(stage)) expect(its).toMatchObject({ HOLDFAST_SHARED_CACHE: 'true' })
    for (const its of told(synthesise({ build, stage: 'test' })))
      expect(its).not.toHaveProperty('HOLDFAST_SHARED_CACHE')
  })
})

describe('built files', () => {
  const files = behaviorFor(config, '/seat-map.js')

  test('are read by this distribution alone, over TLS, out of a bucket that nothing can open', () => {
    expect(the(stage.web, 'AWS::S3::Bucket')).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {},
    })
    const { Statement } = the(stage.web, 'AWS::S3::BucketPolicy')['PolicyDocument'] as {
      Statement: { Effect: string }[]
    }
    expect(Statement).toMatchObject([
      { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceArn': {} } },
      },
    ])
    expect(the(stage.web, 'AWS::CloudFront::OriginAccessControl')).toMatchObject({
      OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
    })
    expect(originFor(config, '/seat-map.js').OriginAccessControlId).toBeDefined()
  })

  test('say what pages may do, are loaded by pages of any origin, and are asked for again after five minutes', () => {
    expect(files).toMatchObject({
      ViewerProtocolPolicy: 'redirect-to-https',
      AllowedMethods: ['GET', 'HEAD'],
      ResponseHeadersPolicyId: {},
    })
    expect(the(stage.web, 'AWS::CloudFront::ResponseHeadersPolicy')).toMatchObject({
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: CONTENT_SECURITY_POLICY, Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
        },
        CorsConfig: {
          AccessControlAllowOrigins: { Items: ['*'] },
          AccessControlAllowCredentials: false,
        },
        CustomHeadersConfig: {
          Items: [{ Header: 'Cross-Origin-Resource-Policy', Value: 'cross-origin' }],
        },
      },
    })
    expect(the(stage.web, 'Custom::CDKBucketDeployment')).toMatchObject({
      SystemMetadata: { 'cache-control': 'public, max-age=300' },
      Prune: true,
    })
  })
})

test('who uploads may write the files and nothing else', () => {
  const [files] = Object.keys(resourcesOf(stage.web, 'AWS::S3::Bucket'))
  const [policy] = Object.values(resourcesOf(stage.web, 'AWS::IAM::Policy'))
  const { Statement } = policy?.Properties['PolicyDocument'] as {
    Statement: { Resource: unknown[] }[]
  }
  const statements = Statement.map((it) => ({
    ...it,
    Resource: it.Resource.map((one) => {
      const bucket = JSON.stringify(one).includes(files ?? '?') ? 'files' : 'uploads'
      return `arn:aws:s3:::${bucket}${JSON.stringify(one).includes('/*') ? '/*' : ''}`
    }),
  }))
  const may = (action: string, resource: string) => {
    const simulation = simulationOf(statements, { action, partitions: [] })
    const { request } = simulation
    const asked = { ...request, resource: { ...request.resource, resource } }
    return runUnsafeSimulation({ ...simulation, request: asked }, {}) === 'Allowed'
  }
  expect(may('s3:PutObject', 'arn:aws:s3:::files/seat-map.js')).toBe(true)
  expect(may('s3:DeleteObject', 'arn:aws:s3:::files/seat-map.js')).toBe(true)
  expect(may('s3:GetObject', 'arn:aws:s3:::uploads/x.zip')).toBe(true)
  expect(may('s3:PutObject', 'arn:aws:s3:::uploads/x.zip')).toBe(false)
  expect(may('s3:PutBucketPolicy', 'arn:aws:s3:::files')).toBe(false)
  expect(may('dynamodb:GetItem', 'arn:aws:dynamodb:eu-central-1:123456789012:table/x')).toBe(false)
})

test('a name of its own comes with its certificate and TLS 1.2, a web ACL and access logs where they are given', () => {
  expect(configOf(named.web)).toMatchObject({
    Aliases: ['tickets.example.com'],
    ViewerCertificate: {
      AcmCertificateArn: certificateArn,
      MinimumProtocolVersion: 'TLSv1.2_2021',
    },
    WebACLId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/y',
    Logging: { Prefix: 'holdfast-named-web/' },
    HttpVersion: 'http2and3',
    DefaultRootObject: 'index.html',
  })
  expect(config['Logging']).toBeUndefined()
  named.web.hasOutput('Url', { Value: 'https://tickets.example.com/' })
  named.web.hasOutput('DomainTarget', {})
})

test('stages share an account: names of the distribution’s parts differ by stage', () => {
  const namesIn = ({ web }: typeof stage) =>
    ['CachePolicy', 'ResponseHeadersPolicy', 'OriginAccessControl'].map((type) => {
      const its = the(web, `AWS::CloudFront::${type}`)[`${type}Config`] as { Name: unknown }
      return JSON.stringify(its.Name)
    })
  const own = namesIn(stage)
  expect(new Set([...own, ...namesIn(named)]).size).toBe(2 * own.length)
})
