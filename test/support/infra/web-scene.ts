import type { Template } from 'aws-cdk-lib/assertions'
import type { HoldfastProps } from '../../../infra/props.ts'
import { buildWithoutCode, resourcesOf, synthesise, type Resource } from './synth.ts'
import { folderOf } from './web-files.ts'

/** A build with some files, as the seat map's leaves them. */
export const build = {
  ...(await buildWithoutCode()),
  webFolder: await folderOf(['seat-map.js', 'chart.js', 'index.html', 'shop/shop.css']),
}

/** A certificate where CloudFront looks for it. */
export const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1'

/** What CloudFront does with requests of a pattern. */
export interface Behavior {
  readonly PathPattern?: string
  readonly TargetOriginId: string
  readonly AllowedMethods: readonly string[]
  readonly ViewerProtocolPolicy: string
  readonly CachePolicyId: unknown
  readonly OriginRequestPolicyId?: unknown
  readonly ResponseHeadersPolicyId?: unknown
}

/** Where CloudFront asks. */
export interface Origin {
  readonly Id: string
  readonly DomainName: unknown
  readonly OriginPath?: string
  readonly S3OriginConfig?: object
  readonly CustomOriginConfig?: object
  readonly OriginAccessControlId?: unknown
}

/** A distribution, as its template says. */
export interface Config {
  readonly Origins: readonly Origin[]
  readonly DefaultCacheBehavior: Behavior
  readonly CacheBehaviors: readonly Behavior[]
  readonly [member: string]: unknown
}

/** A stage with the seat map. */
export function withWeb(props: Partial<HoldfastProps>) {
  const { web, ...others } = synthesise({ build, stage: 'test', ...props })
  if (web === undefined) throw new Error('There is no web stack')
  return { ...others, web }
}

/** The properties of the only resource of a type. */
export function the(template: Template, type: string): Resource['Properties'] {
  const [found, ...others] = Object.values(resourcesOf(template, type))
  if (found === undefined || others.length > 0) throw new Error(`There is not one ${type}`)
  return found.Properties
}

/** The distribution of a stack. */
export const configOf = (template: Template) =>
  the(template, 'AWS::CloudFront::Distribution')['DistributionConfig'] as Config

/** The behavior that CloudFront takes for a path: the first whose pattern fits. */
export function behaviorFor(
  { CacheBehaviors, DefaultCacheBehavior }: Config,
  path: string,
): Behavior {
  const fits = ({ PathPattern = '' }: Behavior) =>
    new RegExp(`^${PathPattern.replace(/[.]/g, '\\.').replaceAll('*', '.*')}$`).test(path)
  return CacheBehaviors.find(fits) ?? DefaultCacheBehavior
}

/** Where a path leads. */
export function originFor(config: Config, path: string): Origin {
  const { TargetOriginId } = behaviorFor(config, path)
  const found = config.Origins.find(({ Id }) => Id === TargetOriginId)
  if (found === undefined) throw new Error(`${path} leads nowhere`)
  return found
}
