import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  type CfnBucket,
  type IBucket,
} from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { acknowledge, forNag } from './acknowledge.ts'
import { retentionOf } from './retention.ts'
import type { CheckedProps } from '../props.ts'

/** A page and the scripts that it loads may be of two releases for so long; after that everybody asks by the ETag. */
const FILE_MINUTES = 5

/** What CDK calls the function that uploads. */
const UPLOADER = 'Custom::CDKBucketDeployment'

/** The bucket of the built files: nobody reads it but who the stack's policy names, over TLS. */
export function webBucketIn(stack: Stack, props: CheckedProps, folder: string): IBucket {
  const made = new Bucket(stack, 'Files', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    // Everything in it is made from the sources with each deployment.
    removalPolicy: RemovalPolicy.DESTROY,
  })
  acknowledge(made, {
    'AwsSolutions-S1':
      'The distribution alone reads it, and has access logs of its own where they are asked for.',
  })
  // The two types differ in an optional field that one declares more loosely.
  const bucket = made as IBucket
  fill(stack, props, { bucket, folder })
  return bucket
}

/** Puts the files there with each deployment, and takes away those that are no longer built. */
function fill(
  stack: Stack,
  { stage, logRetentionDays }: CheckedProps,
  { bucket, folder }: { bucket: IBucket; folder: string },
): void {
  const logGroup = new LogGroup(stack, 'UploadLogs', {
    logGroupName: `/holdfast/${stage}/web-upload`,
    retention: retentionOf(logRetentionDays),
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const role = new Role(stack, 'UploadRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Holdfast ${stage}: upload of web files`,
    inlinePolicies: {
      logs: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [logGroup.logGroupArn],
          }),
        ],
      }),
    },
  })
  new BucketDeployment(stack, 'Upload', {
    sources: [Source.asset(folder)],
    destinationBucket: bucket,
    cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.minutes(FILE_MINUTES))],
    // With its last file gone the bucket can go too.
    retainOnDelete: false,
    memoryLimit: 256,
    role,
    logGroup,
  })
  acknowledgeGrants(stack, role, bucket)
  acknowledgeFunction(stack)
}

function acknowledgeGrants(stack: Stack, role: Role, { node }: IBucket): void {
  const patterns = ['GetObject*', 'GetBucket*', 'List*', 'DeleteObject*', 'Abort*']
  const { account, region, synthesizer } = stack
  const place = `${forNag(account, 'AWS::AccountId')}-${forNag(region, 'AWS::Region')}`
  const uploads = `arn:<AWS::Partition>:s3:::cdk-${synthesizer.bootstrapQualifier ?? ''}-assets-${place}`
  // Every bucket of CDK is of one resource.
  const files = `<${stack.getLogicalId(node.defaultChild as CfnBucket)}.Arn>`
  const found = [
    ...patterns.map((pattern) => `Action::s3:${pattern}`),
    ...[uploads, files].map((arn) => `Resource::${arn}/*`),
  ]
  const reason =
    'The construct of AWS grants the kinds of reading and writing by patterns: on this bucket, and on the one that CDK uploads to.'
  acknowledge(role, Object.fromEntries(found.map((it) => [`AwsSolutions-IAM5[${it}]`, reason])))
}

function acknowledgeFunction(stack: Stack): void {
  const made = stack.node.children.find(({ node }) => node.id.startsWith(UPLOADER))
  if (made === undefined) throw new Error(`Bug: the function that uploads is not ${UPLOADER}.`)
  const once = 'CloudFormation calls it in a deployment, waits for its answer and fails without it.'
  acknowledge(made, {
    'AwsSolutions-L1': 'The code and its runtime are those of CDK, and change with it.',
    'Serverless-LambdaLatestVersion':
      'The code and its runtime are those of CDK, and change with it.',
    'Serverless-LambdaDLQ': once,
    'Serverless-LambdaAsyncFailureDestination': once,
    'Serverless-LambdaTracing': once,
  })
}
