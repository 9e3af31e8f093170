import { CfnOutput, Duration, Stack, type SecretValue } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  Signing,
  ViewerProtocolPolicy,
  type AddBehaviorOptions,
  type BehaviorOptions,
  type IOrigin,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { defined } from '../../lib/defined.ts'
import { ORIGIN_HEADER } from '../../lib/http/caller-address.ts'
import { CONTENT_SECURITY_POLICY } from '../../lib/http/page-policy.ts'
import { acknowledge } from './acknowledge.ts'
import type { DeployedApi } from './api-stack.ts'
import type { CheckedProps } from '../props.ts'
import { webBucketIn } from './web-bucket.ts'
import { webPathsOf } from './web-paths.ts'

/** The seat map, its shop and both APIs behind one name. */
export interface DeployedWeb {
  readonly stack: Stack
  readonly distribution: Distribution
}

type Web = NonNullable<CheckedProps['web']>

/** What the distribution stands before, and by what it shows itself there. */
interface WebParts {
  readonly web: Web
  readonly apis: readonly DeployedApi[]
  readonly originSecret: SecretValue | undefined
}

/** Seconds that a snapshot is shared: what is read anew once a second at most need not be asked for more often. */
const SNAPSHOT_SECONDS = 1

/** What browsers poll. The star is any key of an event, and whatever else stands there: then there is no such endpoint. */
const SNAPSHOT_PATTERN = '/api/v1/events/*/snapshot'

/** API Gateway gives up after 29 s, and says so. */
const ORIGIN_SECONDS = 30

/** Every error that CloudFront would keep by itself, for 10 s and for all callers alike. */
const KEPT_ERRORS = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504]

/**
 * Makes the stack of the distribution: built files from a bucket of its own, SeatBuilder's paths from its API and all others from
 * that of seats.io. Refuses a build without files.
 */
export function webStack(
  scope: Construct,
  props: CheckedProps,
  { web, apis, originSecret }: WebParts,
): DeployedWeb {
  const { stage, env, build } = props
  const stack = new Stack(scope, 'Web', {
    ...defined({ env }),
    stackName: `holdfast-${stage}-web`,
    description: `Holdfast ${stage}: seat map, shop and both APIs behind one distribution`,
  })
  const { webFolder: folder } = build
  if (folder === undefined) throw new Error('The build has no web files.')
  const { patterns, front } = webPathsOf(folder, build)
  const files = filesFrom(stack, props, webBucketIn(stack, props, folder))
  const originAt = originsOf(apis, props, originSecret)
  const seatbuilder = reached(originAt('api'))
  const { domain, accessLogs, webAclArn } = web
  const distribution = new Distribution(stack, 'Distribution', {
    comment: `Holdfast ${stage}`,
    defaultBehavior: { ...reached(originAt('')), ...handedOn },
    additionalBehaviors: {
      [SNAPSHOT_PATTERN]: {
        ...seatbuilder,
        cachePolicy: snapshotCache(stack, props),
        compress: true,
      },
      '/api/*': { ...seatbuilder, ...handedOn },
      ...Object.fromEntries(patterns.map((pattern) => [pattern, files])),
    },
    errorResponses: KEPT_ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    httpVersion: HttpVersion.HTTP2_AND_3,
    ...defined({ defaultRootObject: front, webAclId: webAclArn }),
    ...(domain === undefined ? {} : namedBy(stack, domain)),
    ...(accessLogs === undefined ? {} : loggedTo(stack, accessLogs)),
  })
  acknowledgeDistribution(distribution)
  const value = `https://${domain?.name ?? distribution.distributionDomainName}/`
  new CfnOutput(stack, 'Url', { value, description: 'Where seat map, shop and both APIs are' })
  if (domain !== undefined) {
    const description = `Point ${domain.name} here, by a CNAME or an alias`
    new CfnOutput(stack, 'DomainTarget', {
      value: distribution.distributionDomainName,
      description,
    })
  }
  return { stack, distribution }
}

function namedBy(stack: Stack, { name, certificateArn }: NonNullable<Web['domain']>) {
  return {
    domainNames: [name],
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
  }
}

function loggedTo(stack: Stack, { bucketName }: NonNullable<Web['accessLogs']>) {
  return {
    logBucket: Bucket.fromBucketName(stack, 'AccessLogs', bucketName),
    logFilePrefix: `${stack.stackName}/`,
  }
}

/** Where an API is for CloudFront: at the address that API Gateway made, where the stage comes first, or at the domain of both. */
function originsOf(
  apis: readonly DeployedApi[],
  { domain }: CheckedProps,
  originSecret: SecretValue | undefined,
) {
  const options = {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    readTimeout: Duration.seconds(ORIGIN_SECONDS),
    ...(originSecret && { customHeaders: { [ORIGIN_HEADER]: originSecret.unsafeUnwrap() } }),
  }
  const ofBoth = domain === undefined ? undefined : new HttpOrigin(domain.name, options)
  return (basePath: string): IOrigin => {
    if (ofBoth !== undefined) return ofBoth
    const deployed = apis.find(({ api }) => api.basePath === basePath)
    if (deployed === undefined) throw new Error(`There is no API under /${basePath}.`)
    const { api, restApi, stack } = deployed
    const host = `${restApi.restApiId}.execute-api.${stack.region}.${stack.urlSuffix}`
    // A stage of the name of the base path is called by the very path that was asked for.
    const originPath = api.basePath === api.stageName ? undefined : `/${api.stageName}`
    return new HttpOrigin(host, { ...options, ...defined({ originPath }) })
  }
}

function reached(origin: IOrigin) {
  return {
    origin,
    // A key that was sent in the clear would go unnoticed if it were led on to where it is safe.
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: AllowedMethods.ALLOW_ALL,
  }
}

/** Each request goes on to the API, with all that it has but the name that was called. */
const handedOn = {
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
}

/**
 * The snapshot, shared for a second by who asks the same with the same key: nothing that is not in the cache's key reaches the API.
 * CloudFront keeps for the least time also what is said to be private.
 */
function snapshotCache(stack: Stack, { stage, corsOrigins }: CheckedProps): CachePolicy {
  const second = Duration.seconds(SNAPSHOT_SECONDS)
  return new CachePolicy(stack, 'SnapshotCache', {
    cachePolicyName: `holdfast-${stage}-snapshot-${stack.region}`,
    comment: 'A second for each API key and query',
    minTtl: second,
    defaultTtl: second,
    maxTtl: second,
    // Which origin is answered differs only where they are listed.
    headerBehavior: CacheHeaderBehavior.allowList(
      'X-Api-Key',
      ...(corsOrigins === undefined ? [] : ['Origin']),
    ),
    queryStringBehavior: CacheQueryStringBehavior.all(),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  })
}

/** Built files, which pages of any origin may load. */
function filesFrom(stack: Stack, { stage }: CheckedProps, bucket: IBucket): BehaviorOptions {
  const originAccessControl = new S3OriginAccessControl(stack, 'Access', {
    originAccessControlName: `holdfast-${stage}-${stack.region}`,
    signing: Signing.SIGV4_ALWAYS,
  })
  const options: AddBehaviorOptions = {
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
    cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    responseHeadersPolicy: headersOf(stack, stage),
    compress: true,
  }
  return {
    origin: S3BucketOrigin.withOriginAccessControl(bucket, { originAccessControl }),
    ...options,
  }
}

function headersOf(stack: Stack, stage: string): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(stack, 'Headers', {
    responseHeadersPolicyName: `holdfast-${stage}-files-${stack.region}`,
    comment: 'Pages and scripts of Holdfast',
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: CONTENT_SECURITY_POLICY, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
    },
    corsBehavior: {
      accessControlAllowOrigins: ['*'],
      accessControlAllowMethods: ['GET', 'HEAD'],
      accessControlAllowHeaders: ['*'],
      accessControlAllowCredentials: false,
      originOverride: true,
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'Cross-Origin-Resource-Policy', value: 'cross-origin', override: true },
      ],
    },
  })
}

function acknowledgeDistribution(distribution: Distribution): void {
  acknowledge(distribution, {
    'AwsSolutions-CFR1': 'Where buyers may be is the company’s to say.',
    'AwsSolutions-CFR2':
      'Give web.webAclArn to put WAF before it: what it should stop is the company’s to say.',
    'AwsSolutions-CFR3':
      'Give web.accessLogs to have them. Their lines have paths, in which hold tokens stand, and the APIs log each request without them.',
    'AwsSolutions-CFR4':
      'Without a name of the company the certificate is CloudFront’s, with which the least version of TLS cannot be chosen.',
  })
}
