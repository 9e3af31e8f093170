import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib'
import {
  AccessLogFormat,
  ApiDefinition,
  BasePathMapping,
  DomainName,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  SecurityPolicy,
  SpecRestApi,
} from 'aws-cdk-lib/aws-apigateway'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import { defined } from '../../lib/defined.ts'
import { acknowledge } from './acknowledge.ts'
import type { Data } from './data-stack.ts'
import { functionsIn } from './functions.ts'
import {
  buildGatewayDocument,
  entriesOf,
  gatewayApis,
  type GatewayApi,
} from '../documents/gateway-document.ts'
import type { CheckedProps } from '../props.ts'
import { rateAcl } from './rate-rules.ts'
import { retentionOf } from './retention.ts'
import { SECOND_MS } from '../../lib/limits/durations.ts'
import { API_ANSWER_MS_MAX } from '../../lib/limits/aws-limits.ts'

/** One REST API as it is deployed. */
export interface DeployedApi {
  readonly api: GatewayApi
  readonly stack: Stack
  readonly restApi: SpecRestApi
  readonly functions: ReadonlyMap<string, LambdaFunction>
  readonly logGroup: LogGroup
}

/** Makes one stack for each REST API, and the domain that leads to both. */
export function apiStacks(scope: Construct, props: CheckedProps, data: Data): DeployedApi[] {
  const deployed = gatewayApis.map((api) => apiStack(scope, props, { api, data }))
  const [first, ...others] = deployed
  // The first sets the role by which API Gateway writes the access logs of all: none can be made before.
  for (const { stack } of others) if (first !== undefined) stack.addStackDependency(first.stack)
  if (props.domain !== undefined) nameApis(props.domain, deployed)
  return deployed
}

function apiStack(
  scope: Construct,
  props: CheckedProps,
  { api, data }: { api: GatewayApi; data: Data },
): DeployedApi {
  const { stage, env, build, webAclArn } = props
  const stack = new Stack(scope, api.id, {
    ...defined({ env }),
    stackName: `holdfast-${stage}-${api.id.toLowerCase()}`,
    description: `Holdfast ${stage}: the REST API of ${api.surface}`,
  })
  stack.addStackDependency(data.stack)
  const { make, logGroup } = functionsIn(stack, data, props)
  const entries = entriesOf(api, build.endpoints)
  const functions = new Map(
    entries.map((entry) => {
      const { method, path } = entry.endpoint
      const options = {
        description: `${method} ${path}`,
        timeoutSeconds: API_ANSWER_MS_MAX / SECOND_MS,
      }
      return [entry.bundle.name, make(entry, options)]
    }),
  )
  const functionOf = (name: string) => {
    const found = functions.get(name)
    if (found === undefined) throw new Error(`${name} is not in the API ${api.id}.`)
    return found
  }
  const document = buildGatewayDocument(api, {
    title: nameOf(props, api),
    entries,
    uriOf: ({ surface, name }) => invocationUri(stack, functionOf(`${surface}/${name}`)),
    ...defined({ origins: props.corsOrigins }),
  })
  const restApi = restApiOf(stack, api, { props, document })
  for (const entry of entries) {
    functionOf(entry.bundle.name).addPermission('Gateway', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      // Any method and path of this API, since the not-found function has most of them; of this stage only.
      sourceArn: restApi.arnForExecuteApi('*', '/*', api.stageName),
    })
  }
  const aclArn = webAclArn ?? rateAclArn(stack, props, { api, data })
  if (aclArn !== undefined) {
    const resourceArn = restApi.deploymentStage.stageArn
    new CfnWebACLAssociation(stack, 'WebAcl', { resourceArn, webAclArn: aclArn })
  }
  return { api, stack, restApi, functions, logGroup }
}

/** The ACL that the rate rules make, in the words of the API; undefined without any. */
function rateAclArn(
  stack: Stack,
  props: CheckedProps,
  { api, data }: { api: GatewayApi; data: Data },
): string | undefined {
  const { rateRules: rules, build } = props
  const entry = build.endpoints.find((it) => it.surface === api.surface)
  if (rules === undefined || entry === undefined) return undefined
  const { surface } = entry.endpoint
  const { originSecret } = data
  const name = nameOf(props, api)
  return rateAcl(stack, 'RateRules', { name, scope: 'REGIONAL', surface, rules, originSecret })
    .attrArn
}

function nameOf({ stage }: CheckedProps, { surface }: GatewayApi): string {
  return `holdfast-${stage}-${surface}`
}

function invocationUri({ partition, region }: Stack, { functionArn }: LambdaFunction): string {
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`
}

function restApiOf(
  stack: Stack,
  api: GatewayApi,
  { props, document }: { props: CheckedProps; document: object },
): SpecRestApi {
  const { stage, throttle, logRetentionDays, domain, setsGatewayLogRole } = props
  const { id, stageName, surface } = api
  const accessLogs = new LogGroup(stack, 'AccessLogs', {
    logGroupName: `/holdfast/${stage}/${id.toLowerCase()}-access`,
    retention: retentionOf(logRetentionDays),
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const restApi = new SpecRestApi(stack, 'RestApi', {
    restApiName: nameOf(props, api),
    apiDefinition: ApiDefinition.fromInline(document),
    endpointTypes: [EndpointType.REGIONAL],
    // With a domain there is one address, and it is the one that a web ACL and a certificate of the company protect.
    disableExecuteApiEndpoint: domain !== undefined,
    // The role is one for all APIs of a Region's account, so the first of ours sees to it.
    ...(setsGatewayLogRole && id === gatewayApis[0].id
      ? { cloudWatchRole: true, cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN }
      : { cloudWatchRole: false }),
    deployOptions: {
      stageName,
      throttlingRateLimit: throttle.ratePerSecond,
      throttlingBurstLimit: throttle.burst,
      // For each method, and each of them a metric that is paid for: the logs tell as much. Those of the whole API are always there.
      metricsEnabled: false,
      loggingLevel: MethodLoggingLevel.OFF,
      dataTraceEnabled: false,
      accessLogDestination: new LogGroupLogDestination(accessLogs),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLine)),
    },
  })
  acknowledgeApi(restApi)
  new CfnOutput(stack, 'Url', { value: restApi.url, description: `Where ${surface} is reached` })
  return restApi
}

/** One line of the access log: the resource and not the path, in which hold tokens stand. */
const accessLine = {
  requestId: '$context.requestId',
  address: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  bytes: '$context.responseLength',
  refusedBy: '$context.error.responseType',
  functionError: '$context.integrationErrorMessage',
}

function acknowledgeApi(restApi: SpecRestApi): void {
  acknowledge(restApi, {
    'AwsSolutions-APIG2':
      'Each function reads its request through its schemas, and words what is wrong with it as the API that it speaks does.',
    'AwsSolutions-APIG3':
      'Give rateRules or webAclArn to put WAF before it: what it should stop is the company’s to say.',
    'AwsSolutions-APIG4':
      'Each function says who is calling before anything else: the contracts fix the bodies of 401 and 403, and an optional header cannot be an authorizer’s identity source.',
    'AwsSolutions-APIG6':
      'The access log has one line for each request. Execution logs would show headers with keys, and are off.',
    'AwsSolutions-COG4':
      'Callers are shops with keys of ours, not users of a pool: each function checks the key first.',
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
      'API Gateway writes access logs through a role of the whole account, for which AWS provides this policy.',
    'Serverless-APIGWXrayEnabled':
      'The access log has the times of gateway and function for each request; traces would say the same again, at a price for each.',
  })
}

function nameApis(
  { name: domainName, certificateArn }: NonNullable<CheckedProps['domain']>,
  deployed: readonly DeployedApi[],
): void {
  const [root] = deployed
  if (root === undefined) return
  const { stack } = root
  const domain = new DomainName(stack, 'Domain', {
    domainName,
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
    endpointType: EndpointType.REGIONAL,
    securityPolicy: SecurityPolicy.TLS_1_2,
  })
  for (const { api, restApi, stack: own } of deployed) {
    new BasePathMapping(own, 'Mapping', {
      domainName: domain,
      restApi,
      stage: restApi.deploymentStage,
      ...(api.basePath === '' ? {} : { basePath: api.basePath }),
    })
  }
  const description = `Point ${domainName} here, by a CNAME or an alias`
  new CfnOutput(stack, 'DomainTarget', { value: domain.domainNameAliasDomainName, description })
}
