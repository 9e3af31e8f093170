import type { HoldfastProps } from './props.ts'
import { PropsError } from './props.ts'

/** Everything that the context may say: props, all but the build. */
export type ContextProps = Omit<HoldfastProps, 'build' | 'env'>

/** How each value of the context is read: as it stands, or, from the command line, as JSON. */
const readers = {
  stage: text,
  domain: json,
  throttle: json,
  logRetentionDays: json,
  requestLimits: json,
  rateRules: json,
  warmThroughput: json,
  reservedConcurrency: json,
  webhooks: json,
  corsOrigins: json,
  alarmTopicArn: text,
  webAclArn: text,
  callerAddress: json,
  restoredTable: json,
  setsGatewayLogRole: json,
  web: json,
  tags: json,
} as const satisfies Record<keyof ContextProps, (name: string, value: unknown) => unknown>

/** The stage that is deployed unless another is named. */
const STAGE = 'production'

/**
 * Reads the props of a stage from the CDK's context: `holdfast:<name>` in cdk.json or after `-c`. Refuses text that is no JSON
 * where an object, a list or a number is meant.
 */
export function readContext(contextOf: (name: string) => unknown): ContextProps {
  const found = Object.entries(readers).flatMap(([name, read]) => {
    const value = contextOf(`holdfast:${name}`)
    return value === undefined || value === null ? [] : [[name, read(name, value)]]
  })
  return { stage: STAGE, ...(Object.fromEntries(found) as Partial<ContextProps>) }
}

function text(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new PropsError(`The context holdfast:${name} must be text.`)
}

function json(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    throw new PropsError(
      `The context holdfast:${name} is no JSON: write it as in cdk.json, in single quotes on a command line.`,
    )
  }
}
